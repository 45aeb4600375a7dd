package io.evenkeel.balancer;

import io.evenkeel.balancer.endpoint.Drain;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.discovery.DiscoveryEvent;
import io.evenkeel.discovery.DiscoveryEvent.Kind;
import io.evenkeel.discovery.DiscoveryListener;
import io.evenkeel.discovery.Scheduler;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Tells what becomes of the endpoints of one upstream. Every endpoint that was added or returned is told, once, to be removed when it
 * has left and nothing is in flight at it.
 *
 * <p><b>Threading.</b> Confined to the {@link Scheduler}.
 */
final class EndpointChronicle {

    /** Addresses that left; one that comes back is said to return while it is among the last so many. */
    static final int MOST_REMEMBERED = 4_096;

    private final String upstream;
    private final Scheduler scheduler;
    private final DiscoveryListener listener;

    /** Those in the upstream that drain, and who says so, as far as was told. */
    private final Map<EndpointState, Drain> drained = new HashMap<>();

    /** Why those left that still have attempts in flight. */
    private final Map<EndpointState, String> departing = new HashMap<>();

    /** Addresses of endpoints that are gone, the oldest first. */
    private final Set<InetSocketAddress> remembered = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, Boolean> eldest) {
            return size() > MOST_REMEMBERED;
        }
    });

    EndpointChronicle(String upstream, Scheduler scheduler, DiscoveryListener listener) {
        this.upstream = upstream;
        this.scheduler = scheduler;
        this.listener = listener;
    }

    /** These take traffic from now on. */
    void came(List<EndpointState> endpoints) {
        for (EndpointState endpoint : endpoints) {
            boolean departs = departing.remove(endpoint) != null;
            boolean known = remembered.remove(endpoint.address()) || departs;
            if (known) {
                tell(Kind.ENDPOINT_RETURNED, endpoint, "named again by " + sources(endpoint));
            } else {
                tell(Kind.ENDPOINT_ADDED, endpoint, "named by " + sources(endpoint));
            }
        }
    }

    /** These take no traffic any more, for this reason; some have attempts in flight. */
    void left(List<EndpointState> endpoints, Function<EndpointState, String> why) {
        for (EndpointState endpoint : endpoints) {
            String reason = why.apply(endpoint);
            drained.remove(endpoint);
            departing.put(endpoint, reason);
            if (endpoint.inFlight() > 0) {
                tell(Kind.ENDPOINT_DRAINING, endpoint, reason + inFlight(endpoint));
            }
        }
    }

    /** Nothing is in flight any more at these, which left. */
    void ended(List<EndpointState> endpoints) {
        for (EndpointState endpoint : endpoints) {
            tell(Kind.ENDPOINT_REMOVED, endpoint, departing.getOrDefault(endpoint, ""));
            departing.remove(endpoint);
            remembered.add(endpoint.address());
        }
    }

    /** An operator or a tag may have drained this one, or taken that back. */
    void drainChanged(EndpointState endpoint) {
        Drain now = endpoint.drain();
        Drain before = now.wished() ? drained.put(endpoint, now) : drained.remove(endpoint);
        if (now.wished() && before == null) {
            String why = now.byOperator() ? "an operator drains it" : "its tag says so";
            tell(Kind.ENDPOINT_DRAINING, endpoint, why + inFlight(endpoint));
        } else if (!now.wished() && before != null) {
            String why = before.byOperator() ? "an operator took the drain back" : "its tag says so no more";
            tell(Kind.ENDPOINT_RETURNED, endpoint, why);
        }
    }

    private void tell(Kind kind, EndpointState endpoint, String reason) {
        tell(kind, endpoint, sources(endpoint), reason);
    }

    /** Tells what is no matter of coming and going. */
    void tell(Kind kind, EndpointState endpoint, String source, String reason) {
        listener.onEvent(new DiscoveryEvent(
                scheduler.now(),
                kind,
                upstream,
                endpoint.text(),
                endpoint.node().orElse(""),
                source,
                reason));
    }

    private static String inFlight(EndpointState endpoint) {
        return "; in flight: " + endpoint.inFlight();
    }

    private static String sources(EndpointState endpoint) {
        return String.join(", ", endpoint.sources());
    }
}
