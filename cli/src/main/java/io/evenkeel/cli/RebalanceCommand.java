package io.evenkeel.cli;

import io.evenkeel.config.RebalanceConfig;
import io.evenkeel.config.RouterConfig;
import io.evenkeel.discovery.consul.ConsulAgents;
import io.evenkeel.discovery.swarm.EngineApi;
import io.evenkeel.discovery.swarm.EngineFailure;
import io.evenkeel.rebalancer.Rebalancer;
import io.evenkeel.rebalancer.Runs;
import io.evenkeel.rebalancer.consul.ConsulLock;
import io.evenkeel.rebalancer.consul.ConsulView;
import io.evenkeel.rebalancer.plan.Planner;
import io.evenkeel.rebalancer.report.AuditLog;
import io.evenkeel.rebalancer.report.PlanTable;
import io.evenkeel.rebalancer.report.RebalanceMetrics;
import io.evenkeel.rebalancer.report.Report;
import io.evenkeel.rebalancer.report.ReportServer;
import io.evenkeel.rebalancer.router.Routers;
import io.evenkeel.rebalancer.run.Halt;
import io.evenkeel.rebalancer.run.Runner;
import io.evenkeel.rebalancer.run.Time;
import io.evenkeel.rebalancer.swarm.Swarm;
import java.io.UncheckedIOException;
import java.security.Security;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evenkeel rebalance}: moves Swarm tasks back after a node has recovered, until it is told to stop. */
@Command(
        name = "rebalance",
        mixinStandardHelpOptions = true,
        description = {
            "Make a Swarm cluster even again after a node has recovered, with the fewest moves, until SIGTERM.",
            "Services say by the label evenkeel.rebalance=surge|handoff|off how their tasks are moved."
        })
final class RebalanceCommand implements Callable<Integer> {

    /** How long the last holder of the lock is waited for: the time of its session, twice, and the delay after that. */
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(50);

    private static final Duration POLL = Duration.ofMillis(200);

    @Mixin
    private final ConfigOption option = new ConfigOption();

    @Option(
            names = "--once",
            description =
                    "Make one run now, however long nodes have been well, and exit: 0 if nothing is left to move.")
    private boolean once;

    @Option(names = "--dry-run", description = "Print what would be moved, and why the rest would not, and exit.")
    private boolean dryRun;

    @Option(names = "--register", description = "Register tasks in Consul besides, as evenkeel register does.")
    private boolean register;

    @Override
    public Integer call() {
        Security.setProperty("networkaddress.cache.ttl", "1"); // routers and managers come and go
        Security.setProperty("networkaddress.cache.negative.ttl", "1");
        StopSignal stop = StopSignal.install();
        RouterConfig read = ConfigReader.read(option.file()).config();
        try (EngineApi engine = new EngineApi(read.discovery().swarm())) {
            return dryRun
                    ? show(engine, read)
                    : register ? registering(engine, read, stop) : rebalance(engine, read, stop);
        } catch (EngineFailure | UncheckedIOException | Halt e) {
            throw UserError.from(e);
        }
    }

    private static int show(EngineApi engine, RouterConfig read) {
        AuditLog nobodyWrites = new AuditLog("", Clock.systemUTC(), () -> {});
        Swarm swarm = new Swarm(engine, read.rebalance().swap(), nobodyWrites);
        System.out.print(PlanTable.render(Planner.plan(swarm.read().cluster())));
        return 0;
    }

    private int registering(EngineApi engine, RouterConfig read, StopSignal stop) {
        Registering tasks = Registering.start(read);
        try {
            return rebalance(engine, read, stop);
        } finally {
            tasks.close();
        }
    }

    private int rebalance(EngineApi engine, RouterConfig read, StopSignal stop) {
        RebalanceConfig config = read.rebalance();
        RebalanceMetrics metrics = new RebalanceMetrics();
        Report report = new Report(Clock.systemUTC(), metrics);
        Time time = new UntilStopped(stop);
        try (ConsulAgents agents = new ConsulAgents(read.discovery().consul());
                ConsulLock lock = new ConsulLock(agents, config.lockKey(), holder());
                ReportServer server = ReportServer.start(config.address(), report, metrics)) {
            Swarm swarm = new Swarm(
                    engine, config.swap(), new AuditLog(config.auditLog(), Clock.systemUTC(), metrics::wrote));
            Routers routers = new Routers(config.routers(), read.admin().token());
            Runner runner = new Runner(swarm, routers, config, time, lock::held, report);
            Runs runs = new Runs(swarm, runner, config, time, report);
            lock.start();
            if (once) {
                return once(swarm, runs, lock, time);
            }
            Console.say("rebalancing the cluster of "
                    + String.join(", ", read.discovery().swarm().engines()) + "; http:/" + server.address()
                    + "/rebalance tells what is done");
            ConsulView consul = new ConsulView(agents, config.lockKey() + ".nodes");
            new Rebalancer(swarm, consul, lock, config, runs, time, report).run();
            return 0;
        }
    }

    private static int once(Swarm swarm, Runs runs, ConsulLock lock, Time time) {
        var until = time.now().plus(LOCK_PATIENCE);
        while (!lock.held()) {
            UserError.unless(time.now().isBefore(until), "cannot become the active rebalancer: " + lock.problem());
            time.pause(POLL);
        }
        runs.resume();
        var before = runs.plan(swarm.read());
        System.out.print(PlanTable.render(before));
        return before.moves().isEmpty() || runs.run("asked for") ? 0 : 1;
    }

    private static String holder() {
        return System.getenv().getOrDefault("HOSTNAME", "host") + " "
                + ProcessHandle.current().pid();
    }
}
