package io.evenkeel.discovery.consul;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The watches over one set of agents, and the pulse that tells them when an agent is gone or back.
 *
 * <p><b>Threading.</b> Confined to the scheduler.
 */
final class Watches implements AutoCloseable, Pulse.Listener {

    private final Surroundings around;
    private final Set<Watch<?>> running = new LinkedHashSet<>();
    private final Pulse pulse;

    Watches(Surroundings around) {
        this.around = around;
        this.pulse = new Pulse(around, this);
        pulse.start();
    }

    /** Starts one; whoever did stops it. */
    <T> Watch<T> start(Question<T> question, Duration refill, Watch.Listener<T> listener) {
        Watch<T> watch = new Watch<>(around, question, refill, listener);
        running.add(watch);
        watch.start();
        return watch;
    }

    void stop(Watch<?> watch) {
        running.remove(watch);
        watch.close();
    }

    @Override
    public void onLost(Agent agent, String reason) {
        List.copyOf(running).forEach(watch -> watch.abandon(agent, reason));
        around.agents().failed(agent.name());
    }

    @Override
    public void onBack() {
        List.copyOf(running).forEach(Watch::retry);
    }

    @Override
    public void close() {
        pulse.close();
        running.forEach(Watch::close);
        running.clear();
    }
}
