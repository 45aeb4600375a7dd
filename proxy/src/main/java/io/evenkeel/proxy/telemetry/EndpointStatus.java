package io.evenkeel.proxy.telemetry;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.discovery.Literals;
import io.evenkeel.discovery.MergedEndpoint;
import java.util.OptionalInt;

/**
 * What is known of one endpoint at one moment, for metrics and the admin endpoints. Immutable.
 *
 * @param address IP literal and port
 * @param reported what the sources that vouch for it say; what they last said if it departed
 * @param ejected taken out by outlier detection
 * @param draining sent nothing new, because an operator said so or because it departed
 * @param departed no longer in its upstream, and shown only until its last attempt has ended
 * @param inFlight attempts sent and not answered
 * @param requests attempts made since it became known
 * @param failures attempts that failed since it became known
 * @param limit how many attempts it may have in flight; empty: any number
 */
public record EndpointStatus(
        String address,
        MergedEndpoint reported,
        Health health,
        boolean ejected,
        boolean draining,
        boolean departed,
        long inFlight,
        long requests,
        long failures,
        OptionalInt limit) {

    /** As it is now. Nothing checks or ejects endpoints yet, so their health is unknown. */
    static EndpointStatus of(EndpointState state, boolean departed) {
        return new EndpointStatus(
                Literals.text(state.address()),
                state.reported(),
                Health.UNKNOWN,
                false,
                departed || state.draining(),
                departed,
                state.inFlight(),
                state.requests(),
                state.failures(),
                state.limit() == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(state.limit()));
    }

    /** What health checks say. */
    public enum Health {
        /** It is not checked, or was not yet; it is used all the same. */
        UNKNOWN,
        HEALTHY,
        UNHEALTHY
    }

    /** Whether it would be sent requests if nobody drained it. */
    public boolean up() {
        return health != Health.UNHEALTHY && !ejected && !departed;
    }
}
