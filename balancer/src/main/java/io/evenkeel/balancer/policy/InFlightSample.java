package io.evenkeel.balancer.policy;

import io.evenkeel.balancer.endpoint.EndpointState;
import org.jspecify.annotations.Nullable;

/**
 * How many attempts the endpoints of one upstream have in flight per weight, as one event loop sees it. Event-loop confined.
 *
 * <p>Up to {@value #EXACT_UP_TO} endpoints are summed up at every pick. Of more, the next {@value #LOOKS} are looked at in turn and the
 * mean of what was seen in the last one to two rounds is taken for the mean of all.
 */
final class InFlightSample {

    /** Endpoints that are summed up: as many as least-connections compares. */
    static final int EXACT_UP_TO = 16;

    /** Endpoints looked at per pick: 10,000 are seen in 2,500 picks. */
    private static final int LOOKS = 4;

    private @Nullable Object of;
    private int next;
    private int seen;
    private long inFlight;
    private long weight;

    /**
     * Attempts in flight per unit of weight, with one more added to all of them together.
     *
     * @param totalWeight the sum of {@code weights}
     */
    double perWeight(EndpointState[] endpoints, int[] weights, long totalWeight) {
        if (endpoints.length <= EXACT_UP_TO) {
            long sum = 1;
            for (EndpointState endpoint : endpoints) {
                sum += endpoint.inFlight();
            }
            return (double) sum / totalWeight;
        }
        look(endpoints, weights);
        return (double) inFlight / weight + 1.0 / totalWeight;
    }

    private void look(EndpointState[] endpoints, int[] weights) {
        if (of != endpoints) {
            of = endpoints;
            next = 0;
            seen = 0;
            inFlight = 0;
            weight = 0;
        }
        if (seen >= 2 * endpoints.length) {
            seen >>= 1;
            inFlight >>= 1;
            weight >>= 1;
        }
        for (int i = 0; i < LOOKS; i++) {
            inFlight += endpoints[next].inFlight();
            weight += weights[next];
            next = next + 1 == endpoints.length ? 0 : next + 1;
        }
        seen += LOOKS;
    }
}
