package io.evenkeel.proxy.telemetry;

import io.evenkeel.balancer.EndpointState;
import io.netty.util.NetUtil;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one endpoint at one moment, for metrics and the admin endpoints. Immutable.
 *
 * @param address IP literal and port
 * @param node the cluster node it runs on, where a source knows
 * @param sources the names of the sources that vouch for it
 * @param ejected taken out by outlier detection
 * @param draining sent nothing new because an operator said so
 * @param weight share of the traffic relative to its siblings, 1–1,000
 * @param inFlight attempts sent and not answered
 * @param requests attempts made since it became known
 * @param failures attempts that failed since it became known
 */
public record EndpointStatus(
        String address,
        Optional<String> node,
        List<String> sources,
        Health health,
        boolean ejected,
        boolean draining,
        int weight,
        long inFlight,
        long requests,
        long failures) {

    /** As it is now. Nothing checks or ejects endpoints yet, so their health is unknown. */
    static EndpointStatus of(EndpointState state) {
        return new EndpointStatus(
                NetUtil.toSocketAddressString(state.address()),
                state.node(),
                state.sources(),
                Health.UNKNOWN,
                false,
                state.draining(),
                state.weight(),
                state.inFlight(),
                state.requests(),
                state.failures());
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
        return health != Health.UNHEALTHY && !ejected;
    }
}
