package io.evenkeel.discovery;

import io.evenkeel.config.EndpointSourceConfig;
import io.evenkeel.config.MergeConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sources of one upstream made into one set: an entry per address, with what each source says about it. In the set is what the sources
 * vote for ({@link Ballot}) and what does not flap ({@link FlapDamper}). Tells only changes, and those at most {@value #UPDATES_PER_SECOND}
 * times a second.
 *
 * <p>A source that fails keeps its votes as they were, and one that suddenly says much less is doubted ({@link ShrinkGuard}), so no fault ever
 * removes an endpoint. Neither does a reload: what a source said that is no longer configured counts until each new one was heard of,
 * and for as long as none has answered.
 *
 * <p><b>Threading.</b> Confined to the {@link Scheduler}, but for {@link #statuses} and {@link #rejected}.
 */
public final class EndpointMerger implements AutoCloseable {

    /** Bounds how often snapshots are rebuilt when sources flutter; more of it costs control-plane CPU. */
    static final int UPDATES_PER_SECOND = 20;

    private static final Duration QUIET = Duration.ofSeconds(1).dividedBy(UPDATES_PER_SECOND);

    private final Scheduler scheduler;
    private final Consumer<List<MergedEndpoint>> onChange;
    private final SourceSet sources;
    private final FlapDamper damper = new FlapDamper();

    private MergeConfig rules = MergeConfig.defaults();
    private @Nullable List<MergedEndpoint> told;
    private Scheduler.@Nullable Timer afterQuiet;
    private Scheduler.@Nullable Timer atReuse;
    private long quietUntilNanos;
    private boolean applying;

    /** Publishes what gets no traffic; the control plane writes, the admin endpoints and metrics read. */
    private volatile List<RejectedEndpoint> rejected = List.of();

    /**
     * A merger without sources; {@link #apply} brings them.
     *
     * @param onChange gets the complete set, on the scheduler, whenever it differs from the one before; the first may be empty
     */
    public EndpointMerger(String upstream, Discovery discovery, Consumer<List<MergedEndpoint>> onChange) {
        this.scheduler = discovery.scheduler();
        this.onChange = onChange;
        this.sources = new SourceSet(new SourceContext(upstream, discovery, () -> rules, this::onNews));
        this.quietUntilNanos = scheduler.nanoTime();
    }

    /**
     * Makes these the sources and the rules. A source that was configured before goes on undisturbed; the others are stopped or started. What
     * sources tell while they start has been told on when this returns.
     */
    public void apply(List<EndpointSourceConfig> wanted, MergeConfig wantedRules) {
        rules = wantedRules;
        applying = true;
        try {
            sources.configure(wanted);
        } finally {
            applying = false;
        }
        tell();
    }

    /** How each configured source fares, in the order of the configuration. Callable from any thread. */
    public List<SourceStatus> statuses() {
        return sources.statuses();
    }

    /** The endpoints that sources name but that are not in the set, as of the last change. Callable from any thread. */
    public List<RejectedEndpoint> rejected() {
        return rejected;
    }

    /** Stops all sources; nothing is told any more. */
    @Override
    public void close() {
        sources.stop();
        cancelTimers();
    }

    private void onNews() {
        if (applying) {
            return;
        }
        long quietNanos = quietUntilNanos - scheduler.nanoTime();
        if (quietNanos <= 0) {
            tell();
        } else if (afterQuiet == null) {
            afterQuiet = scheduler.schedule(this::tell, Duration.ofNanos(quietNanos));
        }
    }

    private void tell() {
        cancelTimers();
        sources.dropOutgoing();
        if (told == null && !sources.knowsAnything()) {
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
        Ballot ballot = Ballot.of(sources, rules.agree());
        Map<InetSocketAddress, FlapDamper.Damped> damped =
                damper.keepOut(ballot.usable().keySet(), rules.flapHold(), scheduler.nanoTime());
        if (damped.isEmpty()) {
            rejected = ballot.rejected();
            return List.copyOf(ballot.usable().values());
        }
        return undamped(ballot, damped);
    }

    private List<MergedEndpoint> undamped(Ballot ballot, Map<InetSocketAddress, FlapDamper.Damped> damped) {
        List<MergedEndpoint> letIn = new ArrayList<>();
        List<RejectedEndpoint> out = new ArrayList<>(ballot.rejected());
        Duration next = rules.flapHold();
        for (MergedEndpoint endpoint : ballot.usable().values()) {
            FlapDamper.Damped keptOut = damped.get(endpoint.address());
            if (keptOut == null) {
                letIn.add(endpoint);
            } else {
                Duration left = Duration.ofNanos(keptOut.untilNanos() - scheduler.nanoTime());
                out.add(damped(endpoint, keptOut.leaves(), left));
                next = left.compareTo(next) < 0 ? left : next;
            }
        }
        rejected = List.copyOf(out);
        atReuse = scheduler.schedule(this::onNews, next);
        return List.copyOf(letIn);
    }

    private RejectedEndpoint damped(MergedEndpoint endpoint, int leaves, Duration left) {
        String until =
                scheduler.now().plus(left).truncatedTo(ChronoUnit.SECONDS).toString();
        String reason = "left " + leaves + " times, kept out until " + until;
        return new RejectedEndpoint(endpoint, RejectedEndpoint.Cause.DAMPED, reason);
    }

    private void cancelTimers() {
        if (afterQuiet != null) {
            afterQuiet.cancel();
            afterQuiet = null;
        }
        if (atReuse != null) {
            atReuse.cancel();
            atReuse = null;
        }
    }
}
