package io.evenkeel.rebalancer;

import io.evenkeel.config.RebalanceConfig;
import io.evenkeel.rebalancer.plan.Move;
import io.evenkeel.rebalancer.plan.Plan;
import io.evenkeel.rebalancer.plan.Planner;
import io.evenkeel.rebalancer.report.Report;
import io.evenkeel.rebalancer.run.Halt;
import io.evenkeel.rebalancer.run.Runner;
import io.evenkeel.rebalancer.run.Time;
import io.evenkeel.rebalancer.swarm.Journal;
import io.evenkeel.rebalancer.swarm.NodeFacts;
import io.evenkeel.rebalancer.swarm.RawService;
import io.evenkeel.rebalancer.swarm.Swarm;
import io.evenkeel.rebalancer.swarm.SwarmReading;
import java.time.Instant;
import java.util.Optional;

/**
 * Carries plans out: one move, then a new plan, until there is nothing left to move. Each move must leave less to be done than there was; a service where it
 * does not is left alone for a while, longer each time.
 *
 * <p><b>Threading.</b> Confined to one thread, which waits.
 */
public final class Runs {

    private final Swarm swarm;
    private final Runner runner;
    private final Report report;
    private final Time time;
    private final Refusals refusals;
    private final Budget budget;

    /** Nothing was carried out yet. */
    public Runs(Swarm swarm, Runner runner, RebalanceConfig config, Time time, Report report) {
        this.swarm = swarm;
        this.runner = runner;
        this.report = report;
        this.time = time;
        this.refusals = new Refusals(config);
        this.budget = new Budget(config.movesPerHour());
    }

    /** What would be done now. */
    public Plan plan(SwarmReading reading) {
        Plan plan = Planner.plan(refusals.applied(reading.cluster(), time.now()));
        report.onPlan(plan);
        return plan;
    }

    /** When a service that is left alone for a while may be moved again; empty if there is none. */
    Optional<Instant> refusalOver() {
        return refusals.over(time.now());
    }

    /**
     * Ends what somebody else began.
     *
     * @throws Halt only when it is time to leave
     */
    public void resume() {
        for (RawService service : swarm.read().services().values()) {
            if (service.label(Journal.LABEL).isPresent()) {
                resume(service);
            }
        }
    }

    private void resume(RawService service) {
        try {
            Journal journal = service.journal().orElseThrow();
            Move move = runner.resume(service, journal);
            report.onMoved(move, "done");
        } catch (Halt | IllegalArgumentException e) {
            report.onTrouble(service.name() + ": what was begun is not ended: " + e.getMessage());
        }
    }

    /**
     * Moves tasks until the cluster is even.
     *
     * @return false if that was stopped half-way
     */
    public boolean run(String cause) {
        report.onRun(cause);
        boolean done = false;
        try {
            done = moveAll();
        } finally {
            report.onRunEnd(done ? "done" : "stopped");
        }
        return done;
    }

    private boolean moveAll() {
        SwarmReading reading = swarm.read();
        Plan plan = plan(reading);
        while (!plan.moves().isEmpty()) {
            Move move = plan.moves().get(0);
            Optional<NodeFacts> unwell =
                    reading.nodes().stream().filter(node -> !node.well()).findFirst();
            if (unwell.isPresent()) {
                report.onTrouble("node " + unwell.get().hostname() + " is not well: "
                        + unwell.get().said());
                return false;
            }
            if (!budget.take(time.now())) {
                report.onTrouble("rebalance.moves-per-hour are used up");
                return false;
            }
            if (!move(move, reading)) {
                return false;
            }
            reading = swarm.read();
            int before = plan.moves().size();
            plan = plan(reading);
            if (plan.moves().size() >= before) {
                refusals.refuse(move.serviceId(), "the last move gained nothing", time.now());
                plan = plan(reading);
            }
        }
        return true;
    }

    private boolean move(Move move, SwarmReading reading) {
        try {
            runner.make(move, reading);
            refusals.forget(move.serviceId());
            report.onMoved(move, "done");
            return true;
        } catch (Halt | IllegalStateException e) {
            Instant now = time.now();
            refusals.refuse(move.serviceId(), "was not moved: " + e.getMessage(), now);
            report.onMoved(move, String.valueOf(e.getMessage()));
            return false;
        }
    }
}
