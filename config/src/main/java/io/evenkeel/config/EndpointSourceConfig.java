package io.evenkeel.config;

import java.time.Duration;
import java.util.List;

/** Where an upstream's endpoints come from. */
public sealed interface EndpointSourceConfig {

    /** Endpoints written down in the configuration itself. */
    record StaticSource(List<HostPort> addresses) implements EndpointSourceConfig {}

    /** Endpoints found by asking DNS at an interval. */
    record DnsSource(
            String name, int port, RecordType type, Duration interval, Duration timeout, List<HostPort> servers)
            implements EndpointSourceConfig {}

    /** Which records are asked for: addresses (A and AAAA) or services (SRV, which bring their own ports). */
    enum RecordType {
        ADDRESS,
        SRV
    }
}
