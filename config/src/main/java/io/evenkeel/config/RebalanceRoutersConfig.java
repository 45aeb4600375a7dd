package io.evenkeel.config;

import java.util.List;

/**
 * The admin endpoints of the routers.
 *
 * @param name a name with an address for each router. DNS name, default none. None: only those in {@code addresses}.
 * @param port the port of those that the name stands for. Count, 1 to 65535, default 9901.
 * @param addresses routers besides. Agents, default none. Each is host:port. With neither: nothing is drained before it goes.
 */
public record RebalanceRoutersConfig(
        @Knob(byDefault = "", format = TextFormat.DNS_NAME, need = Knob.Need.ESSENTIAL) String name,
        @Knob(byDefault = "9901", min = "1", max = "65535") int port,
        @Knob(format = TextFormat.AGENT) List<String> addresses) {

    /** Keeps its own copy of the addresses. */
    public RebalanceRoutersConfig {
        addresses = List.copyOf(addresses);
    }

    /** What a file that says nothing gets. */
    public static RebalanceRoutersConfig defaults() {
        return Binder.defaults(RebalanceRoutersConfig.class);
    }
}
