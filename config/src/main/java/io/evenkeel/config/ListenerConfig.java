package io.evenkeel.config;

/**
 * A bound address and its settings.
 *
 * @param name what logs and metrics call it. Name, required.
 * @param address where clients connect. Address, required. 0.0.0.0 and [::] take every interface; port 0 asks the
 *     system for a free one.
 * @param protocol what is spoken there. http or tcp, default http. tcp is not available in this version.
 * @param backlog connections the kernel may hold that are not yet accepted. Count, 1 to 65535, default 4096. More ride
 *     out a longer burst; fewer refuse earlier. The kernel's own limit ({@code net.core.somaxconn}) still holds.
 * @param limits what clients may ask.
 * @param timeouts how long clients are waited for.
 * @param forwarding what endpoints are told about clients.
 */
public record ListenerConfig(
        @Knob(format = TextFormat.NAME, need = Knob.Need.ESSENTIAL) String name,
        @Knob(need = Knob.Need.ESSENTIAL) HostPort address,
        @Knob(byDefault = "http") Protocol protocol,
        @Knob(byDefault = "4096", min = "1", max = "65535") int backlog,
        @Knob ListenerLimits limits,
        @Knob ListenerTimeouts timeouts,
        @Knob ForwardingConfig forwarding) {

    /** What a listener speaks. */
    public enum Protocol {
        HTTP,
        TCP
    }
}
