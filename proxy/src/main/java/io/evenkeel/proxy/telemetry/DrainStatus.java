package io.evenkeel.proxy.telemetry;

import io.evenkeel.balancer.Upstream;
import io.evenkeel.balancer.endpoint.Drain;
import io.evenkeel.balancer.endpoint.EndpointState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether an endpoint is sent nothing new, for the admin endpoints. Immutable.
 *
 * @param by who says so: {@code operator}, {@code tag}, {@code discovery}; nobody: it is in use
 * @param deadline when what is in flight there is ended, to the second; empty: never
 */
public record DrainStatus(List<String> by, Optional<Instant> deadline) {

    /** Of an endpoint that is in use. */
    public static final DrainStatus NONE = new DrainStatus(List.of(), Optional.empty());

    /** Keeps its own copy of the list. */
    public DrainStatus {
        by = List.copyOf(by);
    }

    static DrainStatus of(Upstream upstream, EndpointState state) {
        Drain drain = state.drain();
        if (!drain.on()) {
            return NONE;
        }
        List<String> by = new ArrayList<>();
        if (drain.byOperator()) {
            by.add("operator");
        }
        if (drain.byTag()) {
            by.add("tag");
        }
        if (drain.departed()) {
            by.add("discovery");
        }
        return new DrainStatus(by, upstream.drainDeadline(state).map(moment -> moment.truncatedTo(ChronoUnit.SECONDS)));
    }

    /** Whether anybody says so. */
    public boolean on() {
        return !by.isEmpty();
    }
}
