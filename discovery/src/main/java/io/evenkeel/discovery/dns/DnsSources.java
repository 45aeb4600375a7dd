package io.evenkeel.discovery.dns;

import io.evenkeel.config.EndpointSourceConfig;
import io.evenkeel.config.HostPort;
import io.evenkeel.discovery.EndpointSource;
import io.evenkeel.discovery.Literals;
import io.evenkeel.discovery.Lookup;
import io.evenkeel.discovery.PollingSource;
import io.evenkeel.discovery.Scheduler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Makes the sources that ask DNS, and owns the one client they share. */
public final class DnsSources implements AutoCloseable {

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
    public DnsSources(Scheduler scheduler, RandomGenerator random) {
        this.scheduler = scheduler;
        this.random = random;
    }

    /** All addresses of a host name; the hosts file has the first word. */
    public EndpointSource host(HostPort address) {
        AddressLookup lookup =
                new AddressLookup(dns, DnsSources::systemConf, address.host(), address.port(), HOST_TIMEOUT);
        return new PollingSource(
                "static:" + address.host() + ":" + address.port(),
                new HostLookup(HostLookup.HOSTS_FILE, address.host(), address.port(), lookup),
                HOST_INTERVAL,
                scheduler,
                random);
    }

    /** The records of a name. */
    public EndpointSource source(EndpointSourceConfig.DnsSource config) {
        Supplier<ResolvConf> conf = config.servers().isEmpty() ? DnsSources::systemConf : given(config.servers());
        Lookup lookup =
                switch (config.type()) {
                    case ADDRESS -> new AddressLookup(dns, conf, config.name(), config.port(), config.timeout());
                    case SRV -> new ServiceLookup(dns, conf, config.name(), config.timeout());
                };
        return new PollingSource("dns:" + config.name(), lookup, config.interval(), scheduler, random);
    }

    /** Stops the client; the sources are closed by then. */
    @Override
    public void close() {
        dns.close();
    }

    private static ResolvConf systemConf() {
        return ResolvConf.read(ResolvConf.SYSTEM);
    }

    private static Supplier<ResolvConf> given(List<HostPort> servers) {
        ResolvConf conf =
                ResolvConf.ofServers(servers.stream().map(DnsSources::server).toList());
        return () -> conf;
    }

    private static InetSocketAddress server(HostPort server) {
        InetAddress address = Literals.address(server.host())
                .orElseThrow(() -> new IllegalArgumentException("DNS server " + server.host() + ": not an IP address"));
        return new InetSocketAddress(address, server.port() == 0 ? DNS_PORT : server.port());
    }
}
