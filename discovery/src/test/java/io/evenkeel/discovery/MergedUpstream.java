package io.evenkeel.discovery;

import io.evenkeel.config.EndpointSourceConfig;
import io.evenkeel.config.MergeConfig;
import io.evenkeel.config.MergeConfig.Agreement;
import io.evenkeel.discovery.testing.ScriptedSource;
import io.evenkeel.discovery.testing.ScriptedSources;
import io.evenkeel.discovery.testing.VirtualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The endpoints of an upstream whose sources say what a test tells them, in virtual time. */
final class MergedUpstream {

    static final Duration SETTLE = Duration.ofSeconds(1);
    static final Duration HOLD = Duration.ofSeconds(30);

    /** Believes everything and damps nothing. */
    static final MergeConfig CREDULOUS = new MergeConfig(Agreement.ANY, 0, Duration.ZERO, Duration.ZERO);

    /** Doubts, but damps nothing. */
    static final MergeConfig DOUBTING = new MergeConfig(Agreement.ANY, 50, HOLD, Duration.ZERO);

    final VirtualScheduler scheduler;
    final List<List<MergedEndpoint>> told = new ArrayList<>();
    final List<DiscoveryEvent> events = new ArrayList<>();
    final EndpointMerger merger;
    private final ScriptedSources sources = new ScriptedSources();

    MergedUpstream() {
        this(new VirtualScheduler(), LastGoodStore.NONE);
    }

    MergedUpstream(VirtualScheduler scheduler, LastGoodStore store) {
        this.scheduler = scheduler;
        Discovery discovery =
                Discovery.of(scheduler, sources).tellingTo(events::add).keptIn(store);
        this.merger = new EndpointMerger("vvm", discovery, told::add);
    }

    /** One entry with one source for each name. */
    MergedUpstream with(MergeConfig rules, String... names) {
        EndpointSourceConfig[] entries =
                Stream.of(names).map(ScriptedSources::entry).toArray(EndpointSourceConfig[]::new);
        return withEntries(rules, entries);
    }

    MergedUpstream withEntries(MergeConfig rules, EndpointSourceConfig... entries) {
        merger.apply(List.of(entries), rules);
        return this;
    }

    ScriptedSource source(String name) {
        return sources.named(name);
    }

    List<MergedEndpoint> latest() {
        return told.get(told.size() - 1);
    }

    /** The endpoints in force once everything has settled, by the last numbers of their addresses. */
    List<Integer> settled() {
        scheduler.advance(SETTLE);
        return numbers();
    }

    /** The endpoints in force, by the last numbers of their addresses. */
    List<Integer> numbers() {
        return latest().stream().map(MergedUpstream::number).toList();
    }

    SourceStatus status(String name) {
        return merger.statuses().stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static int number(MergedEndpoint endpoint) {
        return endpoint.address().getAddress().getAddress()[3] & 0xff;
    }
}
