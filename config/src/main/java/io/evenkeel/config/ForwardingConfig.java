package io.evenkeel.config;

import java.util.List;

/**
 * What the router tells an endpoint about the client, and whom it believes.
 *
 * @param trustedProxies peers whose forwarding fields are believed. Address blocks, default none. Too wide a block lets
 *     clients forge their address; too narrow loses it behind another proxy.
 * @param xForwarded sends X-Forwarded-For, -Proto and -Host. true or false, default true. Off, endpoints see the
 *     router as the client.
 * @param forwarded sends Forwarded (RFC 7239). true or false, default true. Off saves some 60 bytes per request.
 * @param via adds Via to requests and finds loops by it (RFC 9110 §7.6.3). true or false, default true. Off, a loop ends
 *     only at a limit.
 * @param requestId keeps or makes X-Request-Id. true or false, default true. Off, a failure cannot be followed to an
 *     endpoint's log.
 * @param traceparent keeps or makes traceparent (W3C Trace Context). true or false, default true. Off, the client's own
 *     passes unchanged.
 */
public record ForwardingConfig(
        @Knob(need = Knob.Need.FREQUENT) List<Cidr> trustedProxies,
        @Knob(byDefault = "true") boolean xForwarded,
        @Knob(byDefault = "true") boolean forwarded,
        @Knob(byDefault = "true") boolean via,
        @Knob(byDefault = "true") boolean requestId,
        @Knob(byDefault = "true") boolean traceparent) {

    /** Keeps its own copy of the list. */
    public ForwardingConfig {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** What a file that says nothing gets. */
    public static ForwardingConfig defaults() {
        return Binder.defaults(ForwardingConfig.class);
    }
}
