package io.evenkeel.proxy.exchange;

import io.evenkeel.config.Http2Config;
import io.evenkeel.config.ListenerConfig;
import io.evenkeel.config.ListenerLimits;
import io.evenkeel.config.ListenerTimeouts;
import io.evenkeel.proxy.http.ForwardingPolicy;
import io.evenkeel.proxy.http.RequestHead;

/** A listener's configuration in the units that exchanges work in. Times in nanoseconds. Immutable. */
public record ListenerSettings(
        String name,
        RequestHead.Limits headLimits,
        ListenerLimits limits,
        Http2Config http2,
        long headNanos,
        long keepAliveNanos,
        long idleNanos,
        long bodyRateGraceNanos,
        long halfCloseNanos,
        long lingerNanos,
        ForwardingPolicy forwarding) {

    /** @param pseudonym this router's name in {@code Via} */
    public static ListenerSettings of(ListenerConfig config, String pseudonym) {
        ListenerLimits limits = config.limits();
        ListenerTimeouts timeouts = config.timeouts();
        return new ListenerSettings(
                config.name(),
                new RequestHead.Limits(limits.maxHeadBytes(), limits.maxFields(), limits.maxTargetBytes()),
                limits,
                config.http2(),
                timeouts.head().toNanos(),
                timeouts.keepAlive().toNanos(),
                timeouts.idle().toNanos(),
                timeouts.bodyRateGrace().toNanos(),
                timeouts.halfClose().toNanos(),
                timeouts.linger().toNanos(),
                new ForwardingPolicy(config.forwarding(), pseudonym));
    }
}
