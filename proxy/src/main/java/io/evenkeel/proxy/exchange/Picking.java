package io.evenkeel.proxy.exchange;

import io.evenkeel.balancer.UpstreamSnapshot;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.policy.LoadBalancer;
import io.evenkeel.balancer.policy.Tried;
import io.evenkeel.proxy.affinity.Learning;
import io.evenkeel.proxy.affinity.LoopAffinity;
import io.evenkeel.proxy.http.ClientAddress;
import io.evenkeel.proxy.http.RequestHead;
import io.evenkeel.proxy.http.ResponseHead;
import io.evenkeel.proxy.loop.LoopClock;
import io.evenkeel.proxy.route.Route;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The choice of endpoints for one exchange, by what its request says: the endpoint that a learned key or else a cookie leads to, in its first attempt;
 * otherwise what the policy makes of the key. Reused; event-loop confined.
 */
final class Picking {

    private final LoopClock clock;
    private long key = LoadBalancer.NO_KEY;
    private boolean byLearnedKey;
    private @Nullable EndpointState tied;
    private @Nullable EndpointState cookieOf;
    private @Nullable Learning learning;

    Picking(LoopClock clock) {
        this.clock = clock;
    }

    /** Takes from a head what is needed after it has been overwritten. */
    void begin(RequestHead head, ClientAddress client, RouteBinding binding) {
        LoopAffinity affinity = binding.affinity();
        key = affinity.key(head, client);
        byLearnedKey = false;
        tied = null;
        cookieOf = null;
        learning = null;
        if (affinity.ties()) {
            tie(head, client, binding);
        }
    }

    private void tie(RequestHead head, ClientAddress client, RouteBinding binding) {
        UpstreamSnapshot snapshot = binding.route().upstream().snapshot();
        tied = binding.affinity().learned(head, client, snapshot, clock.batchNanos());
        byLearnedKey = tied != null;
        if (!byLearnedKey) {
            cookieOf = binding.affinity().sticky(head, snapshot, clock.batchNanos());
            tied = cookieOf;
        }
    }

    /** An endpoint that was not tried, where there is one; null: there is none at all. */
    @Nullable
    EndpointState pick(RouteBinding binding, Tried tried) {
        if (tied != null && tried.isEmpty()) {
            return tied;
        }
        Route route = binding.route();
        return route.upstream().snapshot().balancer(route.subset()).pick(binding.picks(), key, tried);
    }

    /**
     * An endpoint answers with this head.
     *
     * @return a {@code Set-Cookie} line that brings the client back there, where it has none that does; null: nothing is to be added
     */
    byte @Nullable [] answered(ResponseHead head, @Nullable EndpointState by, RouteBinding binding) {
        if (by == null || !binding.affinity().ties()) {
            return null;
        }
        learning = binding.affinity().learning(head, by);
        boolean known = byLearnedKey || by == cookieOf;
        return known
                ? null
                : binding.affinity().fieldLine(by, binding.route().upstream().snapshot());
    }

    /** Octets of the response's body stand from this index of {@code in} on, which is left as it is. */
    void onBody(ByteBuf in, int from) {
        if (learning != null && !learning.look(in, from, clock.batchNanos())) {
            learning = null;
        }
    }
}
