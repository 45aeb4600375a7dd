package io.evenkeel.rebalancer.run;

import io.evenkeel.rebalancer.router.RouterFailure;
import io.evenkeel.rebalancer.router.Routers;
import io.evenkeel.rebalancer.router.RoutersView;
import io.evenkeel.rebalancer.swarm.TaskFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What routers are told and asked about tasks; nothing where none are configured.
 *
 * <p><b>Threading.</b> Confined to the thread that makes the moves; it waits.
 */
final class Drains {

    private static final Duration POLL = Duration.ofMillis(250);

    private final Routers routers;
    private final Duration deadline;
    private final Time time;
    private final Progress progress;

    /** @param deadline how long what is in flight is waited for */
    Drains(Routers routers, Duration deadline, Time time, Progress progress) {
        this.routers = routers;
        this.deadline = deadline;
        this.time = time;
        this.progress = progress;
    }

    /** Which of these tasks routers that know the service do not use, in a few words; empty if they use all. */
    String unfit(List<TaskFacts> tasks) {
        if (!routers.configured()) {
            return "";
        }
        try {
            RoutersView view = routers.view();
            Set<String> all =
                    tasks.stream().flatMap(task -> task.addresses().stream()).collect(Collectors.toSet());
            if (view.knows(all)) {
                for (TaskFacts task : tasks) {
                    if (!view.fit(task.addresses())) {
                        return "task " + task.id() + " is not healthy in every router";
                    }
                }
            }
            return "";
        } catch (RouterFailure e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Every router stops sending to a task. */
    void forbid(TaskFacts task) {
        if (routers.configured()) {
            try {
                routers.drain(task.addresses());
            } catch (RouterFailure e) {
                throw Halt.restoring(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Every router stops sending to a task; waits until nothing is in flight there, for as long as configured. */
    void drain(TaskFacts task) {
        forbid(task);
        if (!routers.configured()) {
            return;
        }
        try {
            Instant until = time.now().plus(deadline);
            while (routers.view().inFlight(task.addresses()) > 0 && time.now().isBefore(until)) {
                time.pause(POLL);
            }
        } catch (RouterFailure e) {
            throw Halt.restoring(String.valueOf(e.getMessage()));
        }
    }

    /** Takes a drain back as far as that can be done. */
    void undrain(Set<String> addresses) {
        if (routers.configured() && !addresses.isEmpty()) {
            try {
                routers.undrain(addresses);
            } catch (RouterFailure e) {
                progress.onTrouble("not undrained: " + e.getMessage());
            }
        }
    }
}
