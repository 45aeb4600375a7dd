package io.evenkeel.proxy.telemetry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The latencies of all routes since the start, gathered from the event loops whenever somebody wants to read them.
 *
 * <p><b>Threading.</b> Guarded by its lock, which no event loop takes: a recorder is swapped without stopping its writer.
 */
final class LatencyBook {

    private final List<LoopTelemetry> loops;
    private final Map<Key, Entry> entries =
            new TreeMap<>(Comparator.comparing(Key::route).thenComparing(Key::upstream));

    LatencyBook(List<LoopTelemetry> loops) {
        this.loops = loops;
    }

    /** Hands every route's latencies to the reader, by the names of route and upstream. */
    synchronized void read(Reader reader) {
        gather();
        entries.forEach((key, entry) -> reader.read(List.of(key.route, key.upstream), entry.durations, entry.added));
    }

    /** How long the exchanges with this upstream took; empty if there were none. */
    synchronized Optional<LatencySummary> durations(String upstream) {
        gather();
        LatencyHistogram all = new LatencyHistogram(LatencyScale.DURATION);
        entries.forEach((key, entry) -> {
            if (key.upstream.equals(upstream)) {
                all.add(entry.durations);
            }
        });
        return all.totalCount() == 0 ? Optional.empty() : Optional.of(all.summary());
    }

    private void gather() {
        for (RouteMeter meter : meters()) {
            Key key = new Key(meter.labels().route(), meter.labels().upstream());
            Entry entry = entries.computeIfAbsent(key, unused -> new Entry());
            entry.durations.add(meter.takeDurations());
            entry.added.add(meter.takeAdded());
        }
    }

    private List<RouteMeter> meters() {
        List<RouteMeter> meters = new ArrayList<>();
        loops.forEach(loop -> meters.addAll(loop.routeMeters()));
        return meters;
    }

    /** Takes the latencies of one route; must not keep the histograms. */
    interface Reader {
        void read(List<String> labels, LatencyHistogram durations, LatencyHistogram added);
    }

    private record Key(String route, String upstream) {}

    private static final class Entry {
        final LatencyHistogram durations = new LatencyHistogram(LatencyScale.DURATION);
        final LatencyHistogram added = new LatencyHistogram(LatencyScale.ADDED);
    }
}
