package io.evenkeel.proxy.tcp;

import io.evenkeel.config.ListenerConfig;
import io.evenkeel.config.TcpConfig;
import java.time.Duration;

/**
 * A TCP listener's configuration in the units that connections work in. Immutable.
 *
 * @param helloNanos how long a client may take to name the server it wants
 * @param maxHelloBytes how long what it names it in may be
 * @param idleNanos how long both directions may be silent; 0: without limit
 */
public record TcpSettings(String name, long helloNanos, int maxHelloBytes, long idleNanos) {

    /** Of a listener; one that is not for TCP has no idle time-out. */
    public static TcpSettings of(ListenerConfig config) {
        return new TcpSettings(
                config.name(),
                config.timeouts().head().toNanos(),
                config.limits().maxHeadBytes(),
                config.tcp().map(TcpConfig::idleTimeout).orElse(Duration.ZERO).toNanos());
    }
}
