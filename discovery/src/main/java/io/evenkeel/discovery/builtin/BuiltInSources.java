package io.evenkeel.discovery.builtin;

import io.evenkeel.config.EndpointSourceConfig;
import io.evenkeel.config.HostPort;
import io.evenkeel.discovery.EndpointSource;
import io.evenkeel.discovery.Literals;
import io.evenkeel.discovery.Scheduler;
import io.evenkeel.discovery.SourceFactory;
import io.evenkeel.discovery.dns.DnsSources;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The sources this program brings. Owns the clients they share. */
public final class BuiltInSources implements SourceFactory {

    private final DnsSources dns;

    /**
     * Starts nothing before the first question.
     *
     * @param random spreads the moments of asking; used on the scheduler only
     */
    public BuiltInSources(Scheduler scheduler, RandomGenerator random) {
        this.dns = new DnsSources(scheduler, random);
    }

    @Override
    public List<EndpointSource> create(EndpointSourceConfig config) {
        if (config instanceof EndpointSourceConfig.StaticSource fixed) {
            return staticSources(fixed);
        }
        if (config instanceof EndpointSourceConfig.DnsSource asked) {
            return List.of(dns.source(asked));
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
                sources.add(dns.host(address));
            }
        }
        if (!literals.isEmpty()) {
            sources.add(0, new StaticSource(literals));
        }
        return sources;
    }
}
