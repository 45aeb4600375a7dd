package io.evenkeel.proxy.telemetry;

import io.evenkeel.config.AccessLogConfig;
import io.evenkeel.config.Reloads;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Everything that the router counts and logs of its exchanges: one {@link LoopTelemetry} per event loop, what is read from all of them
 * together, and the access log.
 *
 * <p><b>Threading.</b> Any thread but an event loop; {@link #loop} from there too.
 */
public final class Telemetry implements AutoCloseable {

    private final AccessLog accessLog = new AccessLog();
    private final List<LoopTelemetry> loops;
    private final LatencyBook latencies;
    private final TrafficMetrics traffic;

    /** Reads what became of reloads; the main thread writes once there is something that reloads, scrapes read. */
    private volatile Supplier<Reloads> reloads = () -> Reloads.NONE;

    /** Reads how full stick tables are; the router writes when it starts, scrapes read. */
    private volatile Supplier<List<StickTableStatus>> stickTables = List::of;

    /** Reads which certificates are shown; the router writes when it starts, scrapes read. */
    private volatile Supplier<List<CertificateStatus>> certificates = List::of;

    /**
     * @param eventLoops how many event loops there are, 1 or more
     * @throws java.io.UncheckedIOException with one line that names the access log's file if that cannot be opened
     */
    public Telemetry(int eventLoops, AccessLogConfig accessLog) {
        this.accessLog.apply(accessLog);
        this.loops = Stream.generate(() -> new LoopTelemetry(new AccessLogWriter(this.accessLog)))
                .limit(eventLoops)
                .toList();
        this.latencies = new LatencyBook(loops);
        this.traffic = new TrafficMetrics(loops, latencies);
    }

    /** What the event loop of this index, from 0, counts and logs with. */
    public LoopTelemetry loop(int index) {
        return loops.get(index);
    }

    /** The page that Prometheus scrapes; the suppliers are asked at each scrape. To be made once. */
    public MetricsPage metricsPage(
            Supplier<List<UpstreamStatus>> upstreams,
            Supplier<DiscoveryStatus> discovery,
            Supplier<OverloadStatus> overload) {
        return new MetricsPage(() -> new RouterCollector(this, upstreams, discovery, overload));
    }

    /** How long the exchanges with this upstream took since the start; empty if there were none. */
    public Optional<LatencySummary> latency(String upstream) {
        return latencies.durations(upstream);
    }

    /** Where to read from what became of reloads of the configuration. */
    public void reloads(Supplier<Reloads> source) {
        reloads = source;
    }

    /** Where to read from how full stick tables are. */
    public void stickTables(Supplier<List<StickTableStatus>> source) {
        stickTables = source;
    }

    /** Where to read from which certificates are shown. */
    public void certificates(Supplier<List<CertificateStatus>> source) {
        certificates = source;
    }

    /**
     * Puts other access log settings in force.
     *
     * @throws java.io.UncheckedIOException if the file cannot be opened; the settings stay as they were
     */
    public void accessLog(AccessLogConfig config) {
        accessLog.apply(config);
    }

    /** Opens the access log's file again, after a log rotation moved it away. */
    public void reopenAccessLog() {
        accessLog.reopen();
    }

    /** Writes what the access log still holds, within two seconds, and turns it off; counts can still be read. Idempotent. */
    @Override
    public void close() {
        accessLog.close();
    }

    void collectAffinity(List<MetricFamilySamples> families) {
        AffinityMetrics.collect(loops, stickTables.get(), families);
        TcpMetrics.collect(loops, families);
        families.add(TlsMetrics.certificates(certificates.get()));
    }

    /** How many connections of this side are open. */
    public long open(Side side) {
        return loops.stream().mapToLong(loop -> loop.open(side)).sum();
    }

    TrafficMetrics traffic() {
        return traffic;
    }

    Reloads reloads() {
        return reloads.get();
    }

    long accessLogDropped() {
        return accessLog.lost()
                + loops.stream().mapToLong(loop -> loop.accessLog().dropped()).sum();
    }
}
