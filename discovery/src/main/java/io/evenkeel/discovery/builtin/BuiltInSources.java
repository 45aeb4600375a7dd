package io.evenkeel.discovery.builtin;

import io.evenkeel.config.DiscoveryConfig;
import io.evenkeel.config.EndpointSourceConfig;
import io.evenkeel.config.HostPort;
import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.EndpointSource;
import io.evenkeel.discovery.Literals;
import io.evenkeel.discovery.NodeRegistry;
import io.evenkeel.discovery.Scheduler;
import io.evenkeel.discovery.SourceFactory;
import io.evenkeel.discovery.consul.ConsulSources;
import io.evenkeel.discovery.dns.DnsSources;
import io.evenkeel.discovery.swarm.SwarmSources;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The sources this program brings. Owns the clients they share. */
public final class BuiltInSources implements SourceFactory {

    private final DnsSources dns;
    private final ConsulSources consul;
    private final SwarmSources swarm;
    private DiscoveryConfig shared = DiscoveryConfig.defaults();

    /** Sources whose word about nodes nobody wants to hear. */
    public BuiltInSources(Scheduler scheduler, RandomGenerator random) {
        this(scheduler, random, new NodeRegistry(scheduler, event -> {}));
    }

    /**
     * Starts nothing before the first question.
     *
     * @param random spreads the moments of asking; used on the scheduler only
     * @param nodes hears which nodes the sources know of
     */
    public BuiltInSources(Scheduler scheduler, RandomGenerator random, NodeRegistry nodes) {
        this.dns = new DnsSources(scheduler, random);
        this.consul = new ConsulSources(scheduler, random, nodes);
        this.swarm = new SwarmSources(scheduler, random, nodes);
    }

    @Override
    public void configure(DiscoveryConfig now) {
        shared = now;
    }

    @Override
    public Object key(EndpointSourceConfig config) {
        if (config instanceof EndpointSourceConfig.ConsulSource) {
            return List.of(config, shared.consul());
        }
        return config instanceof EndpointSourceConfig.SwarmSource ? List.of(config, shared.swarm()) : config;
    }

    /** The clusters that sources share, for whoever else wants to watch them. */
    public SwarmSources swarm() {
        return swarm;
    }

    @Override
    public List<EndpointSource> create(EndpointSourceConfig config) {
        if (config instanceof EndpointSourceConfig.StaticSource fixed) {
            return staticSources(fixed);
        }
        if (config instanceof EndpointSourceConfig.EndpointSource one) {
            return List.of(new DescribedSource(oneSource(one.address()), one));
        }
        if (config instanceof EndpointSourceConfig.DnsSource asked) {
            return List.of(dns.source(asked));
        }
        if (config instanceof EndpointSourceConfig.ConsulSource registered) {
            return List.of(consul.source(shared.consul(), registered));
        }
        if (config instanceof EndpointSourceConfig.SwarmSource running) {
            return List.of(swarm.source(shared.swarm(), running));
        }
        throw new IllegalArgumentException("no source for " + config);
    }

    @Override
    public void close() {
        dns.close();
        consul.close();
        swarm.close();
    }

    /** One source for all literals and one for each name, so that a name that cannot be resolved holds up nothing else. */
    private List<EndpointSource> staticSources(EndpointSourceConfig.StaticSource config) {
        List<Endpoint> literals = new ArrayList<>();
        List<EndpointSource> sources = new ArrayList<>();
        for (HostPort address : config.addresses()) {
            Optional<InetAddress> literal = Literals.address(address.host());
            if (literal.isPresent()) {
                literals.add(Endpoint.at(new InetSocketAddress(literal.get(), address.port())));
            } else {
                sources.add(dns.host(address));
            }
        }
        if (!literals.isEmpty()) {
            sources.add(0, new StaticSource("static", literals));
        }
        return sources;
    }

    private EndpointSource oneSource(HostPort address) {
        Optional<InetAddress> literal = Literals.address(address.host());
        return literal.isPresent()
                ? new StaticSource(
                        "static:" + address, List.of(Endpoint.at(new InetSocketAddress(literal.get(), address.port()))))
                : dns.host(address);
    }
}
