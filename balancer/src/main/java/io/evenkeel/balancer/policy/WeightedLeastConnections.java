package io.evenkeel.balancer.policy;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.PaddedCounts;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint with the fewest attempts in flight per unit of weight, over all event loops. Immutable.
 *
 * <p>An endpoint has less to do than another when it has fewer in flight per weight as things stand, and would still have no more with
 * one attempt added to each. Where the two disagree – an idle light endpoint beside a heavy one that has room for more – it is a tie. The tie
 * goes to the one that was given fewer requests per weight since this was built, within the same bound as in {@link LeastConnections}: few requests at a time are
 * spread by weight too. With equal weights this is {@link LeastConnections}.
 *
 * <p>Beyond {@value LeastConnections#EXACT_UP_TO} endpoints two are compared: the next in turn and a random other, both drawn by weight.
 */
final class WeightedLeastConnections implements LoadBalancer {

    private final EndpointState[] endpoints;
    private final int[] weights;
    private final double[] inverseWeights;
    private final long[] requestsBefore;
    private final Shares shares;

    /** @param weighted at least one */
    WeightedLeastConnections(WeightedEndpoints weighted) {
        this.endpoints = weighted.endpoints();
        this.weights = weighted.weights();
        this.inverseWeights = weighted.inverseWeights();
        this.requestsBefore = new long[endpoints.length];
        for (int i = 0; i < endpoints.length; i++) {
            requestsBefore[i] = endpoints[i].requests();
        }
        this.shares = new Shares(weights);
    }

    @Override
    public @Nullable EndpointState pick(PickState state, long key, Tried tried) {
        return endpoints.length <= LeastConnections.EXACT_UP_TO ? leastOfAll(state, tried) : lesserOfTwo(state, tried);
    }

    private EndpointState leastOfAll(PickState state, Tried tried) {
        int size = endpoints.length;
        int at = state.cursor(size);
        int best = at;
        long least = endpoints[at].counts();
        boolean bestTried = tried.contains(endpoints[at]);
        for (int looked = 1; looked < size; looked++) {
            at = at + 1 == size ? 0 : at + 1;
            long counts = endpoints[at].counts();
            boolean again = tried.contains(endpoints[at]);
            if (again == bestTried ? isLess(at, counts, best, least) : bestTried) {
                least = counts;
                best = at;
                bestTried = again;
            }
        }
        state.advanceFrom(best);
        return endpoints[best];
    }

    private boolean isLess(int one, long counts, int other, long otherCounts) {
        long inFlight = PaddedCounts.inFlight(counts);
        long otherInFlight = PaddedCounts.inFlight(otherCounts);
        long now = inFlight * weights[other] - otherInFlight * weights[one];
        long withOneMore = now + weights[other] - weights[one];
        if (now < 0 && withOneMore <= 0) {
            return true;
        }
        return !(now > 0 && withOneMore >= 0) && isBehind(one, counts, other, otherCounts);
    }

    private boolean isBehind(int one, long counts, int other, long otherCounts) {
        double given = (PaddedCounts.requests(counts) - requestsBefore[one]) * inverseWeights[one];
        double otherGiven = (PaddedCounts.requests(otherCounts) - requestsBefore[other]) * inverseWeights[other];
        double behind = otherGiven - given;
        return behind > 0 && behind <= LeastConnections.MOST_CATCH_UP * inverseWeights[one];
    }

    private EndpointState lesserOfTwo(PickState state, Tried tried) {
        int point = state.cursor(shares.length());
        int turn = shares.at(point);
        for (int i = 0; i < Tried.MOST && tried.contains(endpoints[turn]); i++) {
            point = shares.after(point);
            turn = shares.at(point);
        }
        state.cursorAt(shares.after(point));
        turn = tried.nextUntried(endpoints, turn);
        int other = shares.at(state.random(shares.length()));
        return hasLess(other, turn) && !tried.contains(endpoints[other]) ? endpoints[other] : endpoints[turn];
    }

    private boolean hasLess(int one, int other) {
        long now =
                (long) endpoints[one].inFlight() * weights[other] - (long) endpoints[other].inFlight() * weights[one];
        return now < 0 && now + weights[other] - weights[one] <= 0;
    }
}
