package io.evenkeel.balancer.policy;

import io.evenkeel.balancer.Endpoints;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Permit;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;

/**
 * Requests that come at a constant mean rate whatever becomes of those before them, and endpoints with {@value #WORKERS} workers and a queue each, in virtual
 * time. Times between requests and of work are exponential; work takes {@value #WORK_MILLIS} ms on average, times an endpoint's own factor.
 */
final class QueueSimulation {

    static final int WORKERS = 8;
    static final double WORK_MILLIS = 10;

    /** Requests of which nothing is told: until then the queues fill. */
    private static final int WARM_UP = 20_000;

    private final EndpointState[] endpoints;
    private final double[] slowness;
    private final LoadBalancer balancer;
    private final SplittableRandom random = new SplittableRandom(17);
    private final PickState[] loops = {new PickState(1), new PickState(2)};
    private final PriorityQueue<Ending> endings = new PriorityQueue<>(Comparator.comparingDouble(Ending::at));
    private final Queue<Work>[] queues;
    private final int[] working;
    private double now;

    /** Answers of which something is told; negative while warming up. */
    private int measured = -WARM_UP;

    private record Work(double came, Permit permit, int endpoint) {}

    private record Ending(double at, Work work) {}

    /** @param slowness of each endpoint: how many times the usual time its work takes */
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of queues
    QueueSimulation(String balancer, double... slowness) {
        this.endpoints = Endpoints.states(slowness.length);
        this.slowness = slowness;
        this.balancer = Policies.of(balancer, () -> (long) (now * 1_000_000), endpoints);
        this.queues = new Queue[slowness.length];
        Arrays.setAll(queues, i -> new ArrayDeque<Work>());
        this.working = new int[slowness.length];
    }

    /** What came of it: the 99th percentile in ms, and how many per cent of the requests the first endpoint got. */
    record Result(double p99, double firstShare) {}

    /** @param load of what endpoints could do if none was slow, 0 to 1 */
    Result run(int requests, double load) {
        double gap = WORK_MILLIS / (WORKERS * endpoints.length * load);
        double[] times = new double[requests];
        double firstShare = 0;
        double next = 0;
        for (int i = 0; i < WARM_UP + requests; i++) {
            next += exponential(gap);
            endUntil(next, times);
            now = next;
            int endpoint = begin(i);
            firstShare += i >= WARM_UP && endpoint == 0 ? 100.0 / requests : 0;
        }
        endUntil(Double.POSITIVE_INFINITY, times);
        Arrays.sort(times);
        return new Result(times[(int) (requests * 0.99)], firstShare);
    }

    private int begin(int number) {
        Permit permit = new Permit();
        EndpointState picked =
                Objects.requireNonNull(balancer.pick(loops[number & 1], random.nextLong() | 1, Endpoints.UNTRIED));
        permit.begin(picked);
        int endpoint = Arrays.asList(endpoints).indexOf(picked);
        Work work = new Work(now, permit, endpoint);
        if (working[endpoint] < WORKERS) {
            start(work);
        } else {
            queues[endpoint].add(work);
        }
        return endpoint;
    }

    private void start(Work work) {
        working[work.endpoint()]++;
        endings.add(new Ending(now + exponential(WORK_MILLIS * slowness[work.endpoint()]), work));
    }

    private void endUntil(double until, double[] times) {
        while (!endings.isEmpty() && endings.element().at() <= until) {
            Ending ending = endings.remove();
            now = ending.at();
            Work work = ending.work();
            double took = now - work.came();
            work.permit().success((long) (took * 1_000_000));
            if (measured >= 0) {
                times[measured] = took;
            }
            measured++;
            working[work.endpoint()]--;
            Work waiting = queues[work.endpoint()].poll();
            if (waiting != null) {
                start(waiting);
            }
        }
    }

    private double exponential(double mean) {
        return -mean * StrictMath.log(1 - random.nextDouble());
    }
}
