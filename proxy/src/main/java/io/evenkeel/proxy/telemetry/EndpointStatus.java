package io.evenkeel.proxy.telemetry;

import io.evenkeel.balancer.Upstream;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Standing;
import io.evenkeel.discovery.MergedEndpoint;
import java.util.OptionalInt;

/**
 * What is known of one endpoint at one moment, for metrics and the admin endpoints. Immutable.
 *
 * @param address IP literal and port
 * @param reported what the sources that vouch for it say; what they last said if it departed
 * @param standing what checks and outlier detection say
 * @param drain whether it is sent nothing new, because an operator or its tag said so or because it departed
 * @param departed no longer in its upstream, and shown only until its last attempt has ended
 * @param inFlight attempts sent and not answered
 * @param requests attempts made since it became known
 * @param failures attempts that failed since it became known
 * @param limit how many attempts it may have in flight; empty: any number
 */
public record EndpointStatus(
        String address,
        MergedEndpoint reported,
        Standing standing,
        DrainStatus drain,
        boolean departed,
        long inFlight,
        long requests,
        long failures,
        OptionalInt limit) {

    /** As it is now. */
    static EndpointStatus of(Upstream upstream, EndpointState state, boolean departed) {
        return new EndpointStatus(
                state.text(),
                state.reported(),
                state.standing(),
                DrainStatus.of(upstream, state),
                departed,
                state.inFlight(),
                state.requests(),
                state.failures(),
                state.limit() == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(state.limit()));
    }

    /** Whether outlier detection took it out. */
    public boolean ejected() {
        return standing.ejection().isPresent();
    }

    /** Whether it would be sent requests if nobody drained it. */
    public boolean up() {
        return standing.fit() && !departed;
    }
}
