package io.evenkeel.balancer.policy;

import io.evenkeel.balancer.endpoint.EndpointState;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint where an answer is expected soonest: its {@link EndpointLatency} times what is in flight there with the new attempt, per weight
 * (Finagle's Peak EWMA). Immutable.
 *
 * <p>An endpoint of which nothing is known is sent one attempt at a time ahead of all others until it has answered: it is neither flooded nor starved.
 * Up to {@value LeastConnections#EXACT_UP_TO} endpoints all are compared, of more two, drawn by weight.
 */
final class PeakEwma implements LoadBalancer {

    /** Nanoseconds that stand for an unknown latency while an answer is awaited: dearer than all that is known. */
    private static final double UNKNOWN_NANOS = 1e12;

    private final EndpointState[] endpoints;
    private final EndpointLatency[] latencies;
    private final double[] inverseWeights;
    private final Shares shares;

    /** @param latencies of each endpoint; at least one */
    PeakEwma(WeightedEndpoints weighted, EndpointLatency[] latencies) {
        this.endpoints = weighted.endpoints();
        this.latencies = latencies;
        this.inverseWeights = weighted.inverseWeights();
        this.shares = new Shares(weighted.weights());
    }

    @Override
    public @Nullable EndpointState pick(PickState state, long key, Tried tried) {
        int tick = latencies[0].tick();
        return endpoints[
                endpoints.length <= LeastConnections.EXACT_UP_TO
                        ? cheapestOfAll(state, tick, tried)
                        : cheaperOfTwo(state, tick, tried)];
    }

    private int cheapestOfAll(PickState state, int tick, Tried tried) {
        int size = endpoints.length;
        int at = state.cursor(size);
        int best = at;
        double least = Double.POSITIVE_INFINITY;
        for (int looked = 0; looked < size; looked++) {
            if (!tried.contains(endpoints[at])) {
                double cost = cost(at, tick);
                if (cost < least) {
                    least = cost;
                    best = at;
                }
            }
            at = at + 1 == size ? 0 : at + 1;
        }
        state.advanceFrom(best);
        return best;
    }

    private int cheaperOfTwo(PickState state, int tick, Tried tried) {
        int one = drawn(state, tried);
        int other = drawn(state, tried);
        return cost(other, tick) < cost(one, tick) && !tried.contains(endpoints[other]) ? other : one;
    }

    private int drawn(PickState state, Tried tried) {
        return tried.nextUntried(endpoints, shares.at(state.random(shares.length())));
    }

    private double cost(int at, int tick) {
        int inFlight = endpoints[at].inFlight();
        double nanos = latencies[at].nanosAt(tick);
        if (nanos == 0) {
            nanos = inFlight == 0 ? 0 : UNKNOWN_NANOS;
        }
        return nanos * (inFlight + 1) * inverseWeights[at];
    }
}
