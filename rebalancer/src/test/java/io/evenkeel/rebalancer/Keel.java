package io.evenkeel.rebalancer;

import io.evenkeel.config.RebalanceConfig;
import io.evenkeel.config.RebalanceRoutersConfig;
import io.evenkeel.config.Secret;
import io.evenkeel.discovery.swarm.EngineApi;
import io.evenkeel.rebalancer.report.AuditLog;
import io.evenkeel.rebalancer.report.RebalanceMetrics;
import io.evenkeel.rebalancer.report.Report;
import io.evenkeel.rebalancer.router.Routers;
import io.evenkeel.rebalancer.run.Runner;
import io.evenkeel.rebalancer.run.Time;
import io.evenkeel.rebalancer.swarm.Swarm;
import io.evenkeel.rebalancer.testing.SimulatedSwarm;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A rebalancer over a simulated swarm, whose time passes while it waits. */
final class Keel implements AutoCloseable {

    /** What its routers ask for. */
    static final String TOKEN = "of the house";

    final Report report;
    final Runs runs;
    final EngineApi engine;
    final Swarm swarm;
    final RebalanceConfig config = RebalanceConfig.defaults();
    final Time time;
    boolean locked = true;

    private final SimulatedSwarm simulated;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    Keel(SimulatedSwarm simulated, RebalanceRoutersConfig routing, Runnable beforeEachPause) {
        this.simulated = simulated;
        RebalanceMetrics metrics = new RebalanceMetrics();
        time = new Time() {
            @Override
            public Instant now() {
                return now;
            }

            @Override
            public void pause(Duration pause) {
                beforeEachPause.run();
                now = now.plus(pause);
                simulated.tick();
            }
        };
        report = new Report(Clock.systemUTC(), metrics);
        engine = new EngineApi(simulated.config());
        swarm = new Swarm(engine, config.swap(), new AuditLog("", Clock.systemUTC(), metrics::wrote));
        Runner runner = new Runner(
                swarm, new Routers(routing, Optional.of(new Secret(TOKEN))), config, time, () -> locked, report);
        runs = new Runs(swarm, runner, config, time, report);
    }

    /** One run; true if it was not stopped. */
    boolean run() {
        runs.resume();
        return runs.run("a test");
    }

    /** How many moves a plan has now. */
    int planned() {
        return runs.plan(swarm.read()).moves().size();
    }

    void tick(int times) {
        for (int i = 0; i < times; i++) {
            simulated.tick();
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
