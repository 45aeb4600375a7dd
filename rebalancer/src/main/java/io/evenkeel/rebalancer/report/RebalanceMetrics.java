package io.evenkeel.rebalancer.report;

import io.evenkeel.rebalancer.plan.Move;
import io.evenkeel.rebalancer.plan.Plan;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import io.prometheus.client.hotspot.DefaultExports;
import java.time.Duration;
import java.time.Instant;
import java.util.IntSummaryStatistics;
import java.util.Locale;

/**
 * The rebalancer's metrics.
 *
 * <p><b>Threading.</b> Callable from any thread.
 */
public final class RebalanceMetrics {

    private final CollectorRegistry registry = new CollectorRegistry();
    private final Counter runs = counter("runs", "Runs that ended, by result: done or stopped.", "result");
    private final Counter moves =
            counter("moves", "Moves that ended, by method and result: done or failed.", "method", "result");
    private final Counter writes = counter("writes", "Changes of services that Swarm was asked for and made.");
    private final Counter mispredictions =
            counter("mispredictions", "Tasks that Swarm took away instead of the one that was expected and drained.");
    private final Histogram duration = Histogram.build("evenkeel_rebalance_run_duration_seconds", "How long runs took.")
            .buckets(5, 10, 20, 30, 60, 120, 300, 600, 1800)
            .register(registry);
    private final Gauge planned = gauge("planned_moves", "Moves that would make the cluster even.");
    private final Gauge imbalance = gauge("imbalance", "Moves that a service is away from being even.", "service");
    private final Gauge total =
            gauge("total_imbalance", "Tasks on the fullest usable node less those on the emptiest.");
    private final Gauge lock = gauge("active", "Whether this rebalancer is the one that acts: 1 or 0.");
    private final Gauge running = gauge("running", "Whether tasks are being moved: 1 or 0.");
    private final Gauge idle = gauge("idle_reason", "1 for the reason why nothing is done at the moment.", "reason");

    /** Its own registry, with the JVM's and the process's besides. */
    public RebalanceMetrics() {
        DefaultExports.register(registry);
    }

    /** Where all of them are. */
    CollectorRegistry registry() {
        return registry;
    }

    void lock(boolean held) {
        lock.set(held ? 1 : 0);
    }

    /** Numbers and names in a reason would make a new series each. */
    void idle(String why) {
        idle.clear();
        idle.labels(why.replaceAll(":.*", "").replaceAll("node \\S+", "a node").replaceAll("\\d+", "N"))
                .set(1);
        running.set(0);
    }

    void running() {
        idle.clear();
        running.set(1);
    }

    void planned(Plan plan) {
        planned.set(plan.moves().size());
        imbalance.clear();
        plan.moves().forEach(move -> imbalance.labels(move.service()).inc());
        IntSummaryStatistics loads =
                plan.loads().stream().mapToInt(Plan.Load::before).summaryStatistics();
        total.set(loads.getCount() == 0 ? 0 : loads.getMax() - loads.getMin());
    }

    void ran(String result, Instant from, Instant to) {
        runs.labels(result).inc();
        duration.observe(Duration.between(from, to).toMillis() / 1e3);
        running.set(0);
    }

    void moved(Move move, boolean done) {
        moves.labels(move.method().name().toLowerCase(Locale.ROOT), done ? "done" : "failed")
                .inc();
    }

    /** A change was made. */
    public void wrote() {
        writes.inc();
    }

    void mispredicted() {
        mispredictions.inc();
    }

    private Counter counter(String name, String help, String... labels) {
        return Counter.build("evenkeel_rebalance_" + name + "_total", help)
                .labelNames(labels)
                .register(registry);
    }

    private Gauge gauge(String name, String help, String... labels) {
        return Gauge.build("evenkeel_rebalance_" + name, help)
                .labelNames(labels)
                .register(registry);
    }
}
