package io.evenkeel.balancer.limit;

import io.evenkeel.balancer.Endpoints;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Permit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** An endpoint of known capacity in virtual time: so many workers, one queue, requests that come whatever becomes of those before. */
final class SimulatedEndpoint {

    static final long MILLI = 1_000_000;
    static final long SECOND = 1000 * MILLI;

    final EndpointState state = Endpoints.states(1)[0];
    private final int workers;
    private final SplittableRandom random = new SplittableRandom(42);
    private final PriorityQueue<Request> running = new PriorityQueue<>(Comparator.comparingLong(Request::endNanos));
    private final long[] freeAt;
    private long serviceNanos;
    private long now;

    private record Request(Permit permit, long beginNanos, long endNanos) {}

    /** What a stretch of time brought. */
    record Outcome(int offered, int refused, List<Long> latencies) {

        int answered() {
            return latencies.size();
        }

        double refusedShare() {
            return (double) refused / offered;
        }

        long percentile(double p) {
            List<Long> sorted = latencies.stream().sorted().toList();
            return sorted.get((int) Math.ceil(p / 100 * sorted.size()) - 1);
        }
    }

    SimulatedEndpoint(int workers, long serviceNanos) {
        this.workers = workers;
        this.serviceNanos = serviceNanos;
        this.freeAt = new long[workers];
    }

    /** From now on a request takes so long without load. */
    void serviceNanos(long nanos) {
        serviceNanos = nanos;
    }

    /** Requests per second that it can answer. */
    double capacity() {
        return (double) workers * SECOND / serviceNanos;
    }

    /** Offers load, as a multiple of the capacity, for this long. */
    Outcome offer(double load, long nanos) {
        long until = now + nanos;
        double meanGap = SECOND / (capacity() * load);
        List<Long> latencies = new ArrayList<>();
        int offered = 0;
        int refused = 0;
        while (now < until) {
            now += (long) (-Math.log(1 - random.nextDouble()) * meanGap) + 1;
            finishUntilNow(latencies);
            offered++;
            Permit permit = new Permit();
            if (permit.tryBegin(state)) {
                running.add(serve(permit));
            } else {
                refused++;
            }
        }
        return new Outcome(offered, refused, latencies);
    }

    private Request serve(Permit permit) {
        int first = 0;
        for (int i = 1; i < workers; i++) {
            first = freeAt[i] < freeAt[first] ? i : first;
        }
        long begin = Math.max(now, freeAt[first]);
        freeAt[first] = begin + (long) (serviceNanos * (0.5 + random.nextDouble()));
        return new Request(permit, now, freeAt[first]);
    }

    private void finishUntilNow(List<Long> latencies) {
        while (!running.isEmpty() && running.peek().endNanos() <= now) {
            Request done = running.remove();
            long latency = done.endNanos() - done.beginNanos();
            latencies.add(latency);
            done.permit().success(latency);
        }
    }
}
