package io.evenkeel.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where the connections of a listener with {@code protocol: tcp} go.
 *
 * @param sni by the server that a client names in its TLS hello; the first that matches wins. Without {@code tls} on the listener nothing is decrypted.
 * @param upstream where all others go; none: they are closed. Name, default none.
 * @param idleTimeout silence in both directions. Duration, ≥ 0s, default 1h. 0s is no limit.
 */
public record TcpConfig(
        @Knob List<SniRouteConfig> sni,
        @Knob(format = TextFormat.NAME, need = Knob.Need.ESSENTIAL) Optional<String> upstream,
        @Knob(byDefault = "1h") Duration idleTimeout) {

    /** Keeps its own copy of the list. */
    public TcpConfig {
        sni = List.copyOf(sni);
    }
}
