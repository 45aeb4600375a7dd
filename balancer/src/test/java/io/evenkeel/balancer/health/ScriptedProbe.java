package io.evenkeel.balancer.health;

import io.evenkeel.discovery.Scheduler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A probe that answers as it is told to, in the time of its scheduler. */
final class ScriptedProbe implements HealthProbe {

    private final Scheduler scheduler;
    private final Map<InetSocketAddress, Behaviour> behaviours = new HashMap<>();
    final List<Asked> asked = new ArrayList<>();
    int underWay;
    int mostUnderWay;

    /** One check: whom, and when in nanoseconds. */
    record Asked(InetSocketAddress address, long atNanos) {}

    /** What is answered after how long; after the time-out, that is silence. */
    record Behaviour(ProbeResult result, Duration after) {

        static final Behaviour WELL = new Behaviour(ProbeResult.passed("status 200"), Duration.ofMillis(2));
        static final Behaviour SICK = new Behaviour(ProbeResult.failed("status 503"), Duration.ofMillis(2));
        static final Behaviour DEAD = new Behaviour(ProbeResult.passed("never"), Duration.ofDays(1));
    }

    ScriptedProbe(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    void behave(InetSocketAddress address, Behaviour behaviour) {
        behaviours.put(address, behaviour);
    }

    @Override
    public CompletionStage<ProbeResult> ask(InetSocketAddress address, Duration timeout) {
        asked.add(new Asked(address, scheduler.nanoTime()));
        underWay++;
        mostUnderWay = Math.max(mostUnderWay, underWay);
        Behaviour behaviour = behaviours.getOrDefault(address, Behaviour.WELL);
        boolean late = behaviour.after().compareTo(timeout) > 0;
        CompletableFuture<ProbeResult> answer = new CompletableFuture<>();
        scheduler.schedule(
                () -> {
                    underWay--;
                    answer.complete(late ? ProbeResult.silent("no answer") : behaviour.result());
                },
                late ? timeout : behaviour.after());
        return answer;
    }
}
