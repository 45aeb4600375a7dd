package io.evenkeel.config;

import java.time.Duration;
import java.util.List;

/** Where an upstream's endpoints come from. */
public sealed interface EndpointSourceConfig {

    /**
     * Endpoints written down in the configuration itself.
     *
     * @param addresses the endpoints; a name stands for all of its addresses. Addresses, at least 1, required.
     */
    @Bare
    record StaticSource(@Knob(min = "1", atLeast = 1, need = Knob.Need.ESSENTIAL) List<HostPort> addresses)
            implements EndpointSourceConfig {

        /** Keeps its own copy of the list. */
        public StaticSource {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * Endpoints found by asking DNS at an interval.
     *
     * @param name what is asked for, such as tasks.vvm. DNS name, required.
     * @param port the endpoints' port. Count, 1 to 65535, default 0. Required for type address; SRV records bring
     *     their own.
     * @param type which records are asked for. address or srv, default address.
     * @param interval from one question to the next. Duration, ≥ 100ms, default 1s. More finds changes later; less
     *     asks the DNS server more. Times to live are not looked at.
     * @param timeout how long an answer is waited for. Duration, ≥ 10ms, default 1s. More rides out slow servers; the
     *     last good answer serves meanwhile.
     * @param servers DNS servers to ask. Addresses, default none. None: those of the system.
     */
    record DnsSource(
            @Knob(format = TextFormat.DNS_NAME, need = Knob.Need.ESSENTIAL) String name,
            @Knob(byDefault = "0", min = "1", max = "65535", need = Knob.Need.ESSENTIAL) int port,
            @Knob(byDefault = "address") RecordType type,
            @Knob(byDefault = "1s", min = "100ms", need = Knob.Need.FREQUENT) Duration interval,
            @Knob(byDefault = "1s", min = "10ms") Duration timeout,
            @Knob(min = "1") List<HostPort> servers)
            implements EndpointSourceConfig {

        /** Keeps its own copy of the list. */
        public DnsSource {
            servers = List.copyOf(servers);
        }
    }

    /** Which records are asked for: addresses (A and AAAA) or services (SRV, which bring their own ports). */
    enum RecordType {
        ADDRESS,
        SRV
    }
}
