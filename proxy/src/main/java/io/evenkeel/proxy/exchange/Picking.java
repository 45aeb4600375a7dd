package io.evenkeel.proxy.exchange;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.policy.LoadBalancer;
import io.evenkeel.balancer.policy.Tried;
import io.evenkeel.proxy.http.ClientAddress;
import io.evenkeel.proxy.http.RequestHead;
import io.evenkeel.proxy.route.Route;
import org.jspecify.annotations.Nullable;

/** The choice of endpoints for one exchange, by what its request says. Reused; event-loop confined. */
final class Picking {

    private long key = LoadBalancer.NO_KEY;

    /** Takes from a head what is needed after it has been overwritten. */
    void begin(RequestHead head, ClientAddress client, Route route) {
        key = LoadBalancer.NO_KEY;
    }

    /** An endpoint that was not tried, where there is one; null: there is none at all. */
    @Nullable
    EndpointState pick(RouteBinding binding, Tried tried) {
        Route route = binding.route();
        return route.upstream().snapshot().balancer(route.subset()).pick(binding.picks(), key, tried);
    }
}
