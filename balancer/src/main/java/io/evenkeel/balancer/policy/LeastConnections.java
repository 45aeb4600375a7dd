package io.evenkeel.balancer.policy;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.PaddedCounts;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint with the fewest attempts in flight, over all event loops. Immutable.
 *
 * <p>Up to {@value #EXACT_UP_TO} endpoints all are looked at. Of those with equally few in flight the one that was given fewer requests
 * wins, and of those still equal the first after the one picked last: idle endpoints are served in turn, and what chance has made uneven
 * evens out again. An endpoint that is further behind than {@value #MOST_CATCH_UP} requests, because it is new or was away, is not made to catch up.
 *
 * <p>Beyond that two distinct ones are compared and the cost stays flat: the next in turn and a random other (Mitzenmacher, "The Power of
 * Two Choices in Randomized Load Balancing", 2001). A tie goes to the one whose turn it is.
 */
public final class LeastConnections implements LoadBalancer {

    /** Endpoints that are compared one by one: a scan of 16 counts costs no more than a random access to two cold ones. */
    static final int EXACT_UP_TO = 16;

    /** Requests: a stall of a second at a few hundred requests per second evens out; a newcomer is not flooded for longer than that. */
    static final int MOST_CATCH_UP = 512;

    private final EndpointState[] endpoints;

    public LeastConnections(EndpointState[] endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public @Nullable EndpointState pick(PickState state, long key, Tried tried) {
        int size = endpoints.length;
        if (size == 0) {
            return null;
        }
        return size <= EXACT_UP_TO ? leastOfAll(state, tried) : lesserOfTwo(state, tried);
    }

    private EndpointState leastOfAll(PickState state, Tried tried) {
        int size = endpoints.length;
        int at = state.cursor(size);
        int best = -1;
        boolean bestTried = true;
        long least = 0;
        for (int looked = 0; looked < size; looked++) {
            long counts = endpoints[at].counts();
            boolean again = tried.contains(endpoints[at]);
            if (best < 0 || (again == bestTried ? isLess(counts, least) : bestTried)) {
                least = counts;
                best = at;
                bestTried = again;
            }
            at = at + 1 == size ? 0 : at + 1;
        }
        state.advanceFrom(best);
        return endpoints[best];
    }

    private static boolean isLess(long counts, long than) {
        int inFlight = PaddedCounts.inFlight(counts);
        int other = PaddedCounts.inFlight(than);
        if (inFlight != other) {
            return inFlight < other;
        }
        long behind = PaddedCounts.requests(than) - PaddedCounts.requests(counts);
        return behind > 0 && behind <= MOST_CATCH_UP;
    }

    private EndpointState lesserOfTwo(PickState state, Tried tried) {
        int size = endpoints.length;
        int first = tried.nextUntried(endpoints, state.cursor(size));
        int second = state.random(size - 1);
        second = second >= first ? second + 1 : second;
        state.advanceFrom(first);
        EndpointState turn = endpoints[first];
        EndpointState other = endpoints[second];
        return other.inFlight() < turn.inFlight() && !tried.contains(other) ? other : turn;
    }
}
