package io.evenkeel.discovery.consul;

import io.evenkeel.config.EndpointSourceConfig.ConsulSource;
import io.evenkeel.discovery.EndpointSource;
import java.util.Collection;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one source tells its listener, and which instances it complained about in the log.
 *
 * <p><b>Threading.</b> Confined to the scheduler.
 */
final class Told {

    private static final Logger LOG = LoggerFactory.getLogger(Told.class);

    private final String source;
    private final ConsulSource config;
    private final Choice choice;
    private final EndpointSource.Listener listener;
    private Set<String> complaints = Set.of();

    Told(String source, ConsulSource config, EndpointSource.Listener listener) {
        this.source = source;
        this.config = config;
        this.choice = new Choice(config);
        this.listener = listener;
    }

    /** Tells which endpoints these instances are; when none of them can be one, that is a failure. */
    void instances(Collection<ServiceEntry> instances) {
        Endpoints endpoints = Endpoints.of(instances, choice, config);
        endpoints.leftOut().stream()
                .filter(line -> !complaints.contains(line))
                .forEach(line -> LOG.warn("{}: {}; it is left out", source, line));
        complaints = Set.copyOf(endpoints.leftOut());
        if (endpoints.found().isEmpty() && !endpoints.leftOut().isEmpty()) {
            listener.onFailure(endpoints.leftOut().get(0));
        } else {
            listener.onEndpoints(endpoints.found());
        }
    }

    void failure(String reason) {
        listener.onFailure(reason);
    }
}
