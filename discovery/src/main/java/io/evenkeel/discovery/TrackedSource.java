package io.evenkeel.discovery;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A source with what it last said: its last good set, which no failure touches, and how it fares.
 *
 * <p><b>Threading.</b> Confined to the {@link Scheduler}, but for {@link #status}.
 */
final class TrackedSource implements EndpointSource.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(TrackedSource.class);

    private final String upstream;
    private final String name;
    private final EndpointSource source;
    private final Scheduler scheduler;
    private final Runnable onNews;
    private List<Endpoint> lastGood = List.of();
    private boolean started;

    /** Publishes how the source fares; the control plane writes, readiness and metrics read. */
    private volatile SourceStatus status;

    /** A source not yet started; {@code name} is its own, made unique within the upstream. */
    TrackedSource(String upstream, String name, EndpointSource source, Scheduler scheduler, Runnable onNews) {
        this.upstream = upstream;
        this.name = name;
        this.source = source;
        this.scheduler = scheduler;
        this.onNews = onNews;
        this.status = SourceStatus.unheard(name);
    }

    /** Starts the source the first time, does nothing after that. */
    void start() {
        if (!started) {
            started = true;
            source.start(this);
        }
    }

    void stop() {
        source.close();
    }

    String name() {
        return name;
    }

    List<Endpoint> lastGood() {
        return lastGood;
    }

    SourceStatus status() {
        return status;
    }

    @Override
    public void onEndpoints(List<Endpoint> endpoints) {
        if (status.failure().isPresent()) {
            LOG.info("upstream {}: {} answers again, endpoints: {}", upstream, name, endpoints.size());
        }
        lastGood = List.copyOf(endpoints);
        status = status.succeeded(scheduler.now(), endpoints.size());
        onNews.run();
    }

    @Override
    public void onFailure(String reason) {
        if (status.failure().isEmpty()) {
            LOG.warn("upstream {}: {} failed: {}; endpoints kept: {}", upstream, name, reason, lastGood.size());
        }
        status = status.failed(reason);
        onNews.run();
    }
}
