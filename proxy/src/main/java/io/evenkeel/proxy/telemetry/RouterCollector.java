package io.evenkeel.proxy.telemetry;

import io.evenkeel.config.Reloads;
import io.netty.util.internal.PlatformDependent;
import io.prometheus.client.Collector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** Collects every {@link Metric} at a scrape. Any thread. */
final class RouterCollector extends Collector {

    private static final double SECOND_MILLIS = 1_000;
    private static final long STARTED_MILLIS = System.currentTimeMillis();

    private final Telemetry telemetry;
    private final Supplier<List<UpstreamStatus>> upstreams;
    private final Supplier<DiscoveryStatus> discovery;
    private final Supplier<OverloadStatus> overload;

    RouterCollector(
            Telemetry telemetry,
            Supplier<List<UpstreamStatus>> upstreams,
            Supplier<DiscoveryStatus> discovery,
            Supplier<OverloadStatus> overload) {
        this.telemetry = telemetry;
        this.upstreams = upstreams;
        this.discovery = discovery;
        this.overload = overload;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        List<MetricFamilySamples> families = new ArrayList<>();
        telemetry.traffic().collect(families);
        telemetry.collectAffinity(families);
        List<UpstreamStatus> statuses = upstreams.get();
        UpstreamMetrics.collect(statuses, families);
        DiscoveryMetrics.collect(statuses, discovery.get(), families);
        collectOverload(families);
        collectConfiguration(families);
        families.add(new MetricFamily(Metric.ACCESS_LOG_DROPPED)
                .add(telemetry.accessLogDropped())
                .samples());
        families.add(
                new MetricFamily(Metric.DIRECT_MEMORY).add(directMemoryBytes()).samples());
        families.add(new MetricFamily(Metric.BUILD_INFO)
                .add(1, version(), Runtime.version().toString())
                .samples());
        return families;
    }

    private void collectOverload(List<MetricFamilySamples> families) {
        OverloadStatus status = overload.get();
        MetricFamily pressures = new MetricFamily(Metric.OVERLOAD_PRESSURE);
        MetricFamily actions = new MetricFamily(Metric.OVERLOAD_ACTIONS);
        status.pressures().forEach((resource, share) -> pressures.add(share.doubleValue(), resource));
        status.actions().forEach((action, inForce) -> actions.add(inForce ? 1 : 0, action));
        families.add(pressures.samples());
        families.add(actions.samples());
    }

    private void collectConfiguration(List<MetricFamilySamples> families) {
        Reloads reloads = telemetry.reloads();
        families.add(new MetricFamily(Metric.CONFIG_RELOADS)
                .add(reloads.applied(), "applied")
                .add(reloads.rejected(), "refused")
                .samples());
        families.add(new MetricFamily(Metric.CONFIG_LAST_RELOAD)
                .add(reloads.lastApplied().map(Instant::toEpochMilli).orElse(STARTED_MILLIS) / SECOND_MILLIS)
                .samples());
    }

    /** Netty's buffers bypass {@code java.nio}'s count of direct memory, so Netty's own is the only one that sees them. */
    private static long directMemoryBytes() {
        return Math.max(0, PlatformDependent.usedDirectMemory());
    }

    /** What the jar says, which classes outside of one do not. */
    private static String version() {
        return Objects.requireNonNullElse(RouterCollector.class.getPackage().getImplementationVersion(), "development");
    }
}
