package io.evenkeel.rebalancer;

import io.evenkeel.config.RebalanceConfig;
import io.evenkeel.discovery.swarm.EngineFailure;
import io.evenkeel.rebalancer.consul.ConsulFailure;
import io.evenkeel.rebalancer.consul.ConsulLock;
import io.evenkeel.rebalancer.consul.ConsulView;
import io.evenkeel.rebalancer.report.Report;
import io.evenkeel.rebalancer.run.Halt;
import io.evenkeel.rebalancer.run.Time;
import io.evenkeel.rebalancer.swarm.Swarm;
import io.evenkeel.rebalancer.swarm.SwarmReading;
import io.evenkeel.rebalancer.trigger.NodeHistory;
import io.evenkeel.rebalancer.trigger.Sighting;
import io.evenkeel.rebalancer.trigger.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Watches a cluster and makes it even again when there is cause to. Only the one that holds the lock looks; what it knows of nodes it keeps in Consul, for the
 * next one.
 *
 * <p><b>Threading.</b> Confined to the thread that calls {@link #run}, which stays there until {@link Time} says it is time to leave.
 */
public final class Rebalancer {

    private static final Duration TICK = Duration.ofSeconds(1);

    /** How long is waited for tasks that are on their way before the whole cluster is read again. */
    private static final Duration RESTLESS = Duration.ofSeconds(2);

    private final Swarm swarm;
    private final ConsulView consul;
    private final ConsulLock lock;
    private final RebalanceConfig config;
    private final Runs runs;
    private final Time time;
    private final Report report;
    private final Windows windows;
    private final NodeHistory history;

    private @Nullable String remembered;
    private boolean knowing;
    private Optional<String> due = Optional.empty();
    private Instant notBefore = Instant.EPOCH;
    private Instant lastLook = Instant.EPOCH;
    private Instant lastRun = Instant.EPOCH;

    /** One that has not looked at anything yet. */
    public Rebalancer(
            Swarm swarm,
            ConsulView consul,
            ConsulLock lock,
            RebalanceConfig config,
            Runs runs,
            Time time,
            Report report) {
        this.swarm = swarm;
        this.consul = consul;
        this.lock = lock;
        this.config = config;
        this.runs = runs;
        this.time = time;
        this.report = report;
        this.windows = Windows.of(config.windows());
        this.history = new NodeHistory(config);
    }

    /** Watches until it is time to leave. */
    public void run() {
        try {
            while (true) {
                tick();
                time.pause(TICK);
            }
        } catch (Halt leaving) {
            report.onIdle(String.valueOf(leaving.getMessage()));
        }
    }

    private void tick() {
        boolean active = lock.held();
        report.onLock(active);
        if (!active) {
            knowing = false;
            report.onIdle("not active: " + lock.problem());
            succeedTheDead();
            return;
        }
        try {
            look();
        } catch (EngineFailure | ConsulFailure e) {
            report.onIdle("cannot look: " + e.getMessage());
        }
    }

    /** Consul would wait for a session that nobody can renew any more; Swarm knows that its process has ended. */
    private void succeedTheDead() {
        try {
            lock.rival()
                    .filter(rival -> swarm.containerEnded(rival.split(" ", 2)[0]))
                    .ifPresent(lock::dismiss);
        } catch (EngineFailure e) {
            report.onIdle("not active: " + lock.problem() + "; " + e.getMessage());
        }
    }

    private void look() {
        if (!knowing) {
            consul.remembered().ifPresent(history::restore);
            runs.resume();
            due = Optional.of("the rebalancer has become active");
            knowing = true;
        }
        List<Sighting> nodes = Sightings.of(swarm.nodes(), consul.nodes());
        Instant now = time.now();
        Optional<String> cause = history.see(nodes, now);
        if (cause.isPresent()) {
            due = cause;
            notBefore = Instant.EPOCH;
        }
        if (due.isEmpty() && !now.isBefore(lastLook.plus(config.interval()))) {
            due = Optional.of("it is time to look again");
        }
        remember();
        Optional<String> objection = objection(nodes, now);
        if (objection.isPresent()) {
            report.onIdle(objection.get());
        } else if (due.isEmpty()) {
            report.onIdle("even, and nothing has happened");
        } else if (!now.isBefore(notBefore)) {
            run(due.get());
        }
    }

    private Optional<String> objection(List<Sighting> nodes, Instant now) {
        Optional<String> byNodes = history.objection(nodes, now);
        if (byNodes.isPresent()) {
            return byNodes;
        }
        if (!windows.open(now)) {
            return Optional.of("outside rebalance.windows");
        }
        Instant cool = lastRun.plus(config.coolDown());
        return now.isBefore(cool) ? Optional.of("cooling down until " + cool) : Optional.empty();
    }

    private void run(String cause) {
        runs.resume();
        SwarmReading reading = swarm.read();
        lastLook = time.now();
        due = Optional.empty();
        if (runs.plan(reading).moves().isEmpty()) {
            rest(reading, cause);
            return;
        }
        if (!runs.run(cause)) {
            due = Optional.of("the last run was stopped");
        }
        lastRun = time.now();
        history.watchedUntil(lastRun);
    }

    /** While tasks are still on their way, or a service is left alone for a while, nobody knows whether there is something to move. */
    private void rest(SwarmReading reading, String cause) {
        Optional<Instant> refusal = runs.refusalOver();
        if (!reading.restless().isEmpty()) {
            due = Optional.of(cause);
            notBefore = time.now().plus(RESTLESS);
            report.onIdle("tasks are on their way: " + String.join(", ", reading.restless()));
        } else if (refusal.isPresent()) {
            due = Optional.of(cause);
            notBefore = refusal.get().plus(TICK);
            report.onIdle("what could not be moved is left alone until " + refusal.get());
        } else {
            report.onIdle("even as far as it can be");
        }
    }

    private void remember() {
        String text = history.text();
        if (!text.equals(remembered)) {
            consul.remember(text);
            remembered = text;
        }
    }
}
