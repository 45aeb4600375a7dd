package io.evenkeel.balancer.policy;

import io.evenkeel.balancer.endpoint.EndpointState;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints that an exchange has tried, or found full: another is preferred. Remembers the last {@value #MOST}. Reusable; event-loop confined.
 */
public final class Tried {

    /** One exchange makes at most 10 attempts. */
    static final int MOST = 16;

    private final @Nullable EndpointState[] endpoints = new EndpointState[MOST];
    private int count;

    /** Remembers one more. */
    public void add(EndpointState endpoint) {
        endpoints[count++ & (MOST - 1)] = endpoint;
    }

    /** Forgets all. */
    public void clear() {
        for (int i = 0; i < Math.min(count, MOST); i++) {
            endpoints[i] = null;
        }
        count = 0;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    public boolean contains(EndpointState endpoint) {
        for (int i = 0; i < Math.min(count, MOST); i++) {
            if (endpoints[i] == endpoint) {
                return true;
            }
        }
        return false;
    }

    /** The position of the first that does not count as tried, from this position on and around; this position when there is none. */
    int nextUntried(EndpointState[] among, int from) {
        int at = from;
        while (contains(among[at])) {
            at = at + 1 == among.length ? 0 : at + 1;
            if (at == from) {
                break;
            }
        }
        return at;
    }
}
