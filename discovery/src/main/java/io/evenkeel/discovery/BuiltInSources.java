package io.evenkeel.discovery;

import io.evenkeel.config.EndpointSourceConfig;
import io.evenkeel.config.HostPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The sources this program brings: static addresses and names, and DNS. Owns the one DNS client they share. */
public final class BuiltInSources implements SourceFactory {

    /** How often host names of a static source are looked up again: moves of hosts are rare, and nobody tuned this one. */
    private static final Duration HOST_INTERVAL = Duration.ofSeconds(10);

    /** For each server asked about a host name. */
    private static final Duration HOST_TIMEOUT = Duration.ofSeconds(2);

    private static final int DNS_PORT = 53;

    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final DnsClient dns = new DnsClient();

    /**
     * Starts the DNS client's event loop with the first question.
     *
     * @param random spreads the moments of asking; used on the scheduler only
     */
    public BuiltInSources(Scheduler scheduler, RandomGenerator random) {
        this.scheduler = scheduler;
        this.random = random;
    }

    @Override
    public List<EndpointSource> create(EndpointSourceConfig config) {
        if (config instanceof EndpointSourceConfig.StaticSource fixed) {
            return staticSources(fixed);
        }
        if (config instanceof EndpointSourceConfig.DnsSource asked) {
            return List.of(dnsSource(asked));
        }
        throw new IllegalArgumentException("no source for " + config);
    }

    @Override
    public void close() {
        dns.close();
    }

    /** One source for all literals and one for each name, so that a name that cannot be resolved holds up nothing else. */
    private List<EndpointSource> staticSources(EndpointSourceConfig.StaticSource config) {
        List<InetSocketAddress> literals = new ArrayList<>();
        List<EndpointSource> sources = new ArrayList<>();
        for (HostPort address : config.addresses()) {
            Optional<InetAddress> literal = Literals.address(address.host());
            if (literal.isPresent()) {
                literals.add(new InetSocketAddress(literal.get(), address.port()));
            } else {
                sources.add(hostSource(address));
            }
        }
        if (!literals.isEmpty()) {
            sources.add(0, new StaticSource(literals));
        }
        return sources;
    }

    private EndpointSource hostSource(HostPort address) {
        AddressLookup lookup =
                new AddressLookup(dns, BuiltInSources::systemConf, address.host(), address.port(), HOST_TIMEOUT);
        return new PollingSource(
                "static:" + address.host() + ":" + address.port(),
                new HostLookup(HostLookup.HOSTS_FILE, address.host(), address.port(), lookup),
                HOST_INTERVAL,
                scheduler,
                random);
    }

    private EndpointSource dnsSource(EndpointSourceConfig.DnsSource config) {
        Supplier<ResolvConf> conf = config.servers().isEmpty() ? BuiltInSources::systemConf : given(config.servers());
        Lookup lookup =
                switch (config.type()) {
                    case ADDRESS -> new AddressLookup(dns, conf, config.name(), config.port(), config.timeout());
                    case SRV -> new ServiceLookup(dns, conf, config.name(), config.timeout());
                };
        return new PollingSource("dns:" + config.name(), lookup, config.interval(), scheduler, random);
    }

    private static ResolvConf systemConf() {
        return ResolvConf.read(ResolvConf.SYSTEM);
    }

    private static Supplier<ResolvConf> given(List<HostPort> servers) {
        ResolvConf conf = ResolvConf.ofServers(
                servers.stream().map(BuiltInSources::server).toList());
        return () -> conf;
    }

    private static InetSocketAddress server(HostPort server) {
        InetAddress address = Literals.address(server.host())
                .orElseThrow(() -> new IllegalArgumentException("DNS server " + server.host() + ": not an IP address"));
        return new InetSocketAddress(address, server.port() == 0 ? DNS_PORT : server.port());
    }
}
