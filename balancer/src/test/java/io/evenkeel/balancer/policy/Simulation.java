package io.evenkeel.balancer.policy;

import io.evenkeel.balancer.Endpoints;
import io.evenkeel.balancer.endpoint.Permit;
import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Clients in virtual time. Each sends a request, waits for its answer for a random time (exponential, mean 1), thinks for a random time
 * (exponential, mean {@value #THINK}) and sends the next.
 */
final class Simulation {

    private static final double THINK = 0.1;

    private final LoadBalancer balancer;
    private final PickState[] loops;
    private final int concurrency;
    private final SplittableRandom random;

    /** A client's next step: it holds a permit while it waits for an answer, and none while it thinks. */
    private record Step(double at, int client, Permit permit) {}

    Simulation(LoadBalancer balancer, int loops, int concurrency) {
        this.balancer = balancer;
        this.concurrency = concurrency;
        this.random = new SplittableRandom(31L * loops + concurrency);
        this.loops = new PickState[loops];
        for (int i = 0; i < loops; i++) {
            this.loops[i] = new PickState(i);
        }
    }

    void run(int requests) {
        PriorityQueue<Step> steps = new PriorityQueue<>(Comparator.comparingDouble(Step::at));
        for (int client = 0; client < concurrency; client++) {
            steps.add(new Step(randomTime(THINK), client, new Permit()));
        }
        int sent = 0;
        while (!steps.isEmpty()) {
            Step step = steps.remove();
            if (step.permit().endpoint() != null) {
                step.permit().success(-1);
                steps.add(new Step(step.at() + randomTime(THINK), step.client(), step.permit()));
            } else if (sent < requests) {
                sent++;
                PickState loop = loops[step.client() % loops.length];
                step.permit()
                        .begin(Objects.requireNonNull(balancer.pick(loop, LoadBalancer.NO_KEY, Endpoints.UNTRIED)));
                steps.add(new Step(step.at() + randomTime(1), step.client(), step.permit()));
            }
        }
    }

    private double randomTime(double mean) {
        return -mean * Math.log(1 - random.nextDouble());
    }
}
