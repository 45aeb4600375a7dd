package io.evenkeel.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;

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
     * One endpoint written down in the configuration with what is known of it.
     *
     * @param address the endpoint; a name stands for all of its addresses. Address, required.
     * @param weight its share of the traffic relative to its siblings. Count, 1 to 1000, default 1.
     * @param node the cluster node it runs on. Text, default none.
     * @param tags its tags, for tag subsets, priorities and zones. Tags, default none.
     */
    record EndpointSource(
            @Knob(min = "1", need = Knob.Need.FREQUENT) HostPort address,
            @Knob(byDefault = "1", min = "1", max = "1000", need = Knob.Need.FREQUENT) int weight,
            @Knob(byDefault = "") String node,
            @Knob(format = TextFormat.TAG) Map<String, String> tags)
            implements EndpointSourceConfig {}

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

    /**
     * Endpoints registered in Consul: the instances of one service, or of all services that have such instances.
     *
     * @param service the service's name. Text, default none. None: every service with instances that the other keys choose.
     * @param tags which tags an instance must have. Tag expression, default none. Such as {@code primary and not (canary or old)}.
     * @param meta which metadata an instance must have, all of it; none: any.
     * @param filter a filter expression in Consul's own language, judged by the agent. Text, default none. Such as {@code Service.Port == 8822}.
     * @param taggedAddress which of an instance's tagged addresses is dialled. Text, default none. Such as wan. An
     *     instance without it is dialled at its plain address.
     * @param datacenter which datacenter is asked about. Name, default none. None: {@code discovery.consul.datacenter}.
     * @param port the endpoints' port. Count, 1 to 65535, default 0. Left out: the port that was registered.
     */
    record ConsulSource(
            @Knob(byDefault = "", need = Knob.Need.ESSENTIAL) String service,
            @Knob(byDefault = "", format = TextFormat.TAG_EXPRESSION, need = Knob.Need.FREQUENT) String tags,
            @Knob List<KeyValue> meta,
            @Knob(byDefault = "") String filter,
            @Knob(byDefault = "") String taggedAddress,
            @Knob(byDefault = "", format = TextFormat.NAME) String datacenter,
            @Knob(byDefault = "0", min = "1", max = "65535") int port)
            implements EndpointSourceConfig {

        /** Keeps its own copy of the list. */
        public ConsulSource {
            meta = List.copyOf(meta);
        }
    }

    /**
     * The running tasks of Swarm services, as the Docker Engine reports them.
     *
     * @param services the services' names. Names, default none. Several may make up one upstream. Not together with {@code upstream}.
     * @param upstream the value of the label {@code evenkeel.upstream} of the services. Name, default none.
     * @param port the endpoints' port. Count, 1 to 65535, default 0. Left out: that of the label {@code evenkeel.port}.
     * @param network the network whose task addresses are dialled. Name, default none. None: {@code discovery.swarm.network}.
     */
    record SwarmSource(
            @Knob(format = TextFormat.NAME, need = Knob.Need.ESSENTIAL) List<String> services,
            @Knob(byDefault = "", format = TextFormat.NAME, need = Knob.Need.FREQUENT) String upstream,
            @Knob(byDefault = "0", min = "1", max = "65535", need = Knob.Need.ESSENTIAL) int port,
            @Knob(byDefault = "", format = TextFormat.NAME) String network)
            implements EndpointSourceConfig {

        /** Keeps its own copy of the list. */
        public SwarmSource {
            services = List.copyOf(services);
        }
    }

    /** Which records are asked for: addresses (A and AAAA) or services (SRV, which bring their own ports). */
    enum RecordType {
        ADDRESS,
        SRV
    }
}
