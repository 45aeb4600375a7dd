package io.evenkeel.balancer;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.health.CheckContext;
import io.evenkeel.balancer.health.CheckPlaces;
import io.evenkeel.balancer.health.EnumCounts;
import io.evenkeel.balancer.health.FitnessListener;
import io.evenkeel.balancer.health.HealthMonitor;
import io.evenkeel.balancer.health.HealthProbe;
import io.evenkeel.balancer.health.HealthProbes;
import io.evenkeel.balancer.health.OutlierDetector;
import io.evenkeel.balancer.health.ProbeResult.Outcome;
import io.evenkeel.config.HealthCheckConfig;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.discovery.Discovery;
import io.evenkeel.discovery.DiscoveryEvent.Kind;
import io.evenkeel.discovery.Scheduler;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps the standing of one upstream's endpoints: checks where they are configured, and outlier detection. Endpoints keep their standing over reloads.
 *
 * <p><b>Threading.</b> Confined to the {@link Scheduler}, but for {@link #counts}.
 */
final class UpstreamFitness implements EndpointListener, FitnessListener {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamFitness.class);

    private final Upstream upstream;
    private final Scheduler scheduler;
    private final Checking checking;
    private final EnumCounts<Outcome> checks = new EnumCounts<>(Outcome.class);
    private final OutlierDetector outliers;
    private Optional<HealthCheckConfig> config = Optional.empty();
    private @Nullable HealthMonitor monitor;

    /**
     * How endpoints are checked, the same for all upstreams.
     *
     * @param random spreads the checks
     */
    record Checking(HealthProbes probes, CheckPlaces places, RandomGenerator random) {}

    UpstreamFitness(Upstream upstream, UpstreamConfig config, Discovery discovery, Checking checking) {
        this.upstream = upstream;
        this.scheduler = discovery.scheduler();
        this.checking = checking;
        this.outliers = new OutlierDetector(config.outlierDetection(), scheduler, this);
        upstream.addObserver(outliers::observe);
        upstream.addListener(this);
    }

    /** Goes by another configuration; checks that are configured as before are not disturbed. */
    void configure(UpstreamConfig now) {
        outliers.configure(now.outlierDetection());
        if (now.healthCheck().equals(config)) {
            return;
        }
        HealthMonitor next = null;
        if (now.healthCheck().isPresent()) {
            try {
                next = monitor(now.healthCheck().get());
            } catch (IllegalArgumentException e) {
                LOG.error("upstream {}: health checks stay as they were: {}", now.name(), e.getMessage());
                return;
            }
        }
        config = now.healthCheck();
        replaceBy(next);
    }

    FitnessCounts counts() {
        return new FitnessCounts(checks.read(), outliers.counts());
    }

    /** Checks and ejects nothing any more. */
    void close() {
        replaceBy(null);
        outliers.close();
    }

    @Override
    public void onArriving(EndpointState endpoint) {
        config.ifPresent(wanted -> endpoint.standing(HealthMonitor.first(wanted)));
    }

    @Override
    public void onAdded(EndpointState endpoint) {
        outliers.add(endpoint);
        if (monitor != null) {
            monitor.add(endpoint);
        }
    }

    @Override
    public void onRemoved(EndpointState endpoint) {
        outliers.remove(endpoint, upstream.departing());
        if (monitor != null) {
            monitor.remove(endpoint);
        }
    }

    @Override
    public void onStanding() {
        upstream.refresh();
    }

    @Override
    public void onGivenUp(EndpointState endpoint) {
        upstream.unfit(endpoint);
    }

    @Override
    public void onEvent(Kind kind, EndpointState endpoint, String source, String reason) {
        upstream.tell(kind, endpoint, source, reason);
    }

    private HealthMonitor monitor(HealthCheckConfig wanted) {
        HealthProbe probe = checking.probes().probe(wanted);
        return new HealthMonitor(
                new CheckContext(wanted, probe, scheduler, checking.random(), checking.places(), checks), this);
    }

    /** What the checks before said of the endpoints stays true for those that follow, and is forgotten when none do. */
    private void replaceBy(@Nullable HealthMonitor next) {
        if (monitor != null) {
            monitor.close();
        }
        monitor = next;
        if (next == null) {
            upstream.snapshot().endpoints().forEach(HealthMonitor::forget);
            upstream.refresh();
        } else {
            upstream.snapshot().endpoints().forEach(next::add);
        }
    }
}
