package io.evenkeel.proxy.exchange;

import io.evenkeel.balancer.limit.CircuitBreaker;
import io.evenkeel.proxy.telemetry.Overflow;
import org.jspecify.annotations.Nullable;

/**
 * The place of one exchange among those at work in its upstream, where they are limited. Event-loop confined.
 *
 * <p><b>Ownership.</b> Belongs to one exchange, which calls {@link #end} on every path.
 */
final class Admission {

    private @Nullable CircuitBreaker entered;

    /** Takes a place; false, and counted: there is none. */
    boolean begin(RouteBinding binding) {
        CircuitBreaker breaker = binding.route().upstream().breaker();
        if (!breaker.limitsExchanges()) {
            return true;
        }
        if (!breaker.enter()) {
            binding.upstreamMeter().overflowed(Overflow.IN_FLIGHT);
            return false;
        }
        entered = breaker;
        return true;
    }

    /** Gives the place back, where one was taken. */
    void end() {
        if (entered != null) {
            entered.leave();
            entered = null;
        }
    }
}
