package io.evenkeel.discovery;

import io.evenkeel.config.EndpointSourceConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sources of one upstream made into one set: an entry per address, with the names of the sources that vouch for it. Tells only
 * changes, and those at most {@value #UPDATES_PER_SECOND} times a second.
 *
 * <p>A source that fails keeps its vote as it was, so no fault ever removes an endpoint. Neither does a reload: what a source said that
 * is no longer configured counts until each new one was heard of, and for as long as none has answered.
 *
 * <p><b>Threading.</b> Confined to the {@link Scheduler}, but for {@link #statuses}.
 */
public final class EndpointMerger implements AutoCloseable {

    /** Bounds how often snapshots are rebuilt when sources flutter; more of it costs control-plane CPU. */
    static final int UPDATES_PER_SECOND = 20;

    private static final Duration QUIET = Duration.ofSeconds(1).dividedBy(UPDATES_PER_SECOND);

    private final String upstream;
    private final Scheduler scheduler;
    private final SourceFactory factory;
    private final Consumer<List<MergedEndpoint>> onChange;

    private Map<Object, List<TrackedSource>> configured = Map.of();
    private List<TrackedSource> outgoing = List.of();
    private @Nullable List<MergedEndpoint> told;
    private Scheduler.@Nullable Timer pending;
    private long quietUntilNanos;
    private boolean applying;

    /** Publishes the configured sources; the control plane writes, readiness and metrics read. */
    private volatile List<TrackedSource> sources = List.of();

    /**
     * A merger without sources; {@link #apply} brings them.
     *
     * @param onChange gets the complete set, on the scheduler, whenever it differs from the one before; the first may be empty
     */
    public EndpointMerger(
            String upstream, Scheduler scheduler, SourceFactory factory, Consumer<List<MergedEndpoint>> onChange) {
        this.upstream = upstream;
        this.scheduler = scheduler;
        this.factory = factory;
        this.onChange = onChange;
        this.quietUntilNanos = scheduler.nanoTime();
    }

    /**
     * Makes these the sources. One that was configured before goes on undisturbed; the others are stopped or started. What sources tell
     * while they start has been told on when this returns.
     */
    public void apply(List<EndpointSourceConfig> wanted) {
        configure(wanted);
        applying = true;
        try {
            sources.forEach(TrackedSource::start);
        } finally {
            applying = false;
        }
        dropOutgoing();
        tell();
    }

    /** How each configured source fares, in the order of the configuration. Callable from any thread. */
    public List<SourceStatus> statuses() {
        return sources.stream().map(TrackedSource::status).toList();
    }

    /** Stops all sources; nothing is told any more. */
    @Override
    public void close() {
        sources.forEach(TrackedSource::stop);
        cancelPending();
    }

    private void configure(List<EndpointSourceConfig> wanted) {
        Map<Object, List<TrackedSource>> before = new LinkedHashMap<>(configured);
        Map<Object, List<TrackedSource>> now = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        wanted.forEach(
                config -> before.getOrDefault(factory.key(config), List.of()).forEach(kept -> names.add(kept.name())));
        for (EndpointSourceConfig config : wanted) {
            Object key = factory.key(config);
            List<TrackedSource> kept = before.remove(key);
            now.computeIfAbsent(key, absent -> kept != null ? kept : create(config, names));
        }
        retire(before.values().stream().flatMap(List::stream).toList());
        configured = now;
        sources = now.values().stream().flatMap(List::stream).toList();
    }

    private List<TrackedSource> create(EndpointSourceConfig config, Set<String> names) {
        return factory.create(config).stream()
                .map(source ->
                        new TrackedSource(upstream, unique(source.name(), names), source, scheduler, this::onNews))
                .toList();
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
        List<TrackedSource> voting = new ArrayList<>(outgoing);
        stopping.stream().filter(source -> !source.vouchers().isEmpty()).forEach(voting::add);
        outgoing = voting;
    }

    private void onNews() {
        if (applying) {
            return;
        }
        dropOutgoing();
        long quietNanos = quietUntilNanos - scheduler.nanoTime();
        if (quietNanos <= 0) {
            tell();
        } else if (pending == null) {
            pending = scheduler.schedule(this::tell, Duration.ofNanos(quietNanos));
        }
    }

    private void dropOutgoing() {
        List<SourceStatus> statuses = statuses();
        if (statuses.stream().allMatch(SourceStatus::heard) && statuses.stream().anyMatch(SourceStatus::answered)) {
            outgoing = List.of();
        }
    }

    private void tell() {
        cancelPending();
        if (told == null && statuses().stream().noneMatch(SourceStatus::answered)) {
            return;
        }
        List<MergedEndpoint> merged = merged();
        if (!merged.equals(told)) {
            told = merged;
            quietUntilNanos = scheduler.nanoTime() + QUIET.toNanos();
            onChange.accept(merged);
        }
    }

    private List<MergedEndpoint> merged() {
        Map<InetSocketAddress, MergedEndpoint> byAddress = new LinkedHashMap<>();
        Stream.concat(sources.stream(), outgoing.stream())
                .flatMap(source -> source.vouchers().stream())
                .forEach(voucher -> byAddress.merge(
                        voucher.says().address(), MergedEndpoint.of(voucher), MergedEndpoint::vouchedAlsoBy));
        return List.copyOf(byAddress.values());
    }

    private void cancelPending() {
        if (pending != null) {
            pending.cancel();
            pending = null;
        }
    }
}
