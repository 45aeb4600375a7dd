package io.evenkeel.balancer;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.limit.AdaptiveLimit;
import io.evenkeel.config.AdaptiveConfig;
import io.evenkeel.config.CircuitBreakerConfig;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How many attempts each endpoint of one upstream may have in flight: as many as is configured, or fewer where measuring says so. A limit that is measured
 * begins anew when its configuration changes. Not thread-safe.
 */
final class EndpointLimits {

    private final EndpointObservers observers;
    private int most = Integer.MAX_VALUE;
    private Optional<AdaptiveConfig> adaptive = Optional.empty();
    private @Nullable Function<EndpointState, AdaptiveLimit> measuring;

    EndpointLimits(EndpointObservers observers) {
        this.observers = observers;
    }

    /** Goes by this from now on, at the endpoints present and those to come. */
    void configure(CircuitBreakerConfig wanted, List<EndpointState> present) {
        int wantedMost = wanted.maxInFlightPerEndpoint() == 0 ? Integer.MAX_VALUE : wanted.maxInFlightPerEndpoint();
        if (wantedMost == most && wanted.adaptive().equals(adaptive)) {
            return;
        }
        most = wantedMost;
        adaptive = wanted.adaptive();
        if (measuring != null) {
            observers.remove(measuring);
            measuring = null;
        }
        adaptive.ifPresent(this::measure);
        came(present);
    }

    private void measure(AdaptiveConfig config) {
        int bound = most;
        measuring = endpoint -> new AdaptiveLimit(config, bound, endpoint);
        observers.add(measuring);
    }

    /** These are here from now on. */
    void came(List<EndpointState> endpoints) {
        if (measuring == null) {
            endpoints.forEach(endpoint -> endpoint.limit(most));
        }
    }
}
