package io.evenkeel.discovery;

import io.evenkeel.config.EndpointSourceConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The sources of one upstream: those configured, and those that no longer are but whose word still counts, because not each new one was
 * heard of yet, or none has answered.
 *
 * <p><b>Threading.</b> Confined to the {@link Scheduler}, but for {@link #statuses}.
 */
final class SourceSet {

    private final SourceContext context;
    private Map<Object, List<TrackedSource>> entries = Map.of();
    private List<TrackedSource> outgoing = List.of();

    /** Publishes the configured sources; the control plane writes, readiness and metrics read. */
    private volatile List<TrackedSource> configured = List.of();

    SourceSet(SourceContext context) {
        this.context = context;
    }

    /** Makes these the sources. One that was configured before goes on undisturbed; the others are stopped or started. */
    void configure(List<EndpointSourceConfig> wanted) {
        Map<Object, List<TrackedSource>> before = new LinkedHashMap<>(entries);
        Map<Object, List<TrackedSource>> now = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        wanted.forEach(config -> before.getOrDefault(key(config), List.of()).forEach(kept -> names.add(kept.name())));
        for (EndpointSourceConfig config : wanted) {
            List<TrackedSource> kept = before.remove(key(config));
            now.computeIfAbsent(key(config), absent -> kept != null ? kept : create(config, names));
        }
        retire(before.values().stream().flatMap(List::stream).toList());
        entries = now;
        configured = now.values().stream().flatMap(List::stream).toList();
        configured.forEach(TrackedSource::start);
    }

    void stop() {
        configured.forEach(TrackedSource::stop);
    }

    /** The sources of each entry of the configuration, which vote as one. */
    Collection<List<TrackedSource>> entries() {
        return entries.values();
    }

    /** Those whose word counts, in the order of the configuration; the ones that are no longer configured come last. */
    List<TrackedSource> counting() {
        List<TrackedSource> counting = new ArrayList<>(configured);
        counting.addAll(outgoing);
        return counting;
    }

    /** How each configured source fares, in the order of the configuration. Callable from any thread. */
    List<SourceStatus> statuses() {
        return configured.stream().map(TrackedSource::status).toList();
    }

    /** Whether there is anything to tell: an answer, or what an earlier run left. */
    boolean knowsAnything() {
        return configured.stream().map(TrackedSource::status).anyMatch(status -> status.answered() || status.stale());
    }

    /** Forgets what is no longer configured once the word of the new sources is enough. */
    void dropOutgoing() {
        List<SourceStatus> statuses = statuses();
        if (statuses.stream().allMatch(SourceStatus::heard) && statuses.stream().anyMatch(SourceStatus::answered)) {
            outgoing = List.of();
        }
    }

    private Object key(EndpointSourceConfig config) {
        return context.discovery().factory().key(config);
    }

    private List<TrackedSource> create(EndpointSourceConfig config, Set<String> names) {
        return context.discovery().factory().create(config).stream()
                .map(source -> track(source, unique(source.name(), names), key(config)))
                .toList();
    }

    private TrackedSource track(EndpointSource source, String name, Object key) {
        return new TrackedSource(context, SourceKey.of(context.upstream(), name, key), source);
    }

    /** The second {@code static} becomes {@code static#2}: a name is a metric label and must not occur twice. */
    private static String unique(String name, Set<String> taken) {
        String candidate = name;
        for (int i = 2; !taken.add(candidate); i++) {
            candidate = name + "#" + i;
        }
        return candidate;
    }

    /** Stops these sources, but lets what they said count for now. */
    private void retire(List<TrackedSource> stopping) {
        stopping.forEach(TrackedSource::stop);
        List<TrackedSource> leaving = new ArrayList<>(outgoing);
        stopping.stream().filter(source -> !source.vouchers().isEmpty()).forEach(leaving::add);
        outgoing = leaving;
    }
}
