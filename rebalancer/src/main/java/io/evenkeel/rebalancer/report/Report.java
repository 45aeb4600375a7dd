package io.evenkeel.rebalancer.report;

import io.evenkeel.rebalancer.plan.Move;
import io.evenkeel.rebalancer.plan.Plan;
import io.evenkeel.rebalancer.run.Progress;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the rebalancer is doing, has done lately, and why it does nothing.
 *
 * <p><b>Threading.</b> The rebalancer's thread tells; {@link #now} is callable from any thread.
 */
public final class Report implements Progress {

    private static final Logger LOG = LoggerFactory.getLogger(Report.class);

    private static final int REMEMBERED = 50;

    private final Clock clock;
    private final RebalanceMetrics metrics;
    private final Deque<Past> history = new ArrayDeque<>();
    private String reason = "has just been started";
    private @Nullable Plan plan;
    private @Nullable Current current;
    private @Nullable Instant runSince;
    private boolean active;

    /** Publishes what is told last; the rebalancer writes, pages read. */
    private volatile Now published;

    /** Nothing was done yet. */
    public Report(Clock clock, RebalanceMetrics metrics) {
        this.clock = clock;
        this.metrics = metrics;
        this.published = new Now(clock.instant(), false, reason, null, null, List.of());
    }

    /** What is told now. */
    public Now now() {
        return published;
    }

    /** Whether this is the one that may act. */
    public void onLock(boolean held) {
        active = held;
        metrics.lock(held);
        publish();
    }

    /** Nothing is done at the moment, and why. */
    public void onIdle(String why) {
        if (!why.replaceAll("\\d+", "").equals(reason.replaceAll("\\d+", ""))) {
            LOG.info("nothing to do: {}", why);
        }
        reason = why;
        metrics.idle(why);
        publish();
    }

    /** How the cluster could be made even. */
    public void onPlan(Plan made) {
        plan = made;
        metrics.planned(made);
        publish();
    }

    /** A run begins. */
    public void onRun(String cause) {
        LOG.info("{}: {} moves", cause, plan == null ? 0 : plan.moves().size());
        reason = cause;
        runSince = clock.instant();
        metrics.running();
        publish();
    }

    /** It has ended; {@code result} is {@code done} or {@code stopped}. */
    public void onRunEnd(String result) {
        Instant since = Objects.requireNonNullElse(runSince, clock.instant());
        runSince = null;
        metrics.ran(result, since, clock.instant());
        publish();
    }

    @Override
    public void onStep(Move move, Step step) {
        LOG.info("{}: {}", move.service(), step.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        current = new Current(move, step, clock.instant());
        publish();
    }

    @Override
    public void onMisprediction(Move move, String expected, String taken) {
        LOG.warn("{}: Swarm took task {} away instead of {}", move.service(), taken, expected);
        metrics.mispredicted();
    }

    @Override
    public void onTrouble(String what) {
        LOG.warn("{}", what);
    }

    /** A move has ended; {@code result} is {@code done}, or why it was not. */
    public void onMoved(Move move, String result) {
        if (!result.equals("done")) {
            LOG.warn("{}: not moved: {}", move.service(), result);
        }
        current = null;
        history.addFirst(new Past(clock.instant(), move, result));
        if (history.size() > REMEMBERED) {
            history.removeLast();
        }
        metrics.moved(move, result.equals("done"));
        publish();
    }

    private void publish() {
        published = new Now(clock.instant(), active, reason, plan, current, List.copyOf(history));
    }

    /**
     * All of it at one moment. Immutable.
     *
     * @param active whether this is the one that may act
     * @param reason why nothing is done, or what the run was begun for
     * @param current what is being done
     * @param history moves that have ended, the last first
     */
    public record Now(
            Instant at,
            boolean active,
            String reason,
            @Nullable Plan plan,
            @Nullable Current current,
            List<Past> history) {}

    /** A step that is under way. */
    public record Current(Move move, Step step, Instant since) {}

    /** A move that has ended. */
    public record Past(Instant at, Move move, String result) {}
}
