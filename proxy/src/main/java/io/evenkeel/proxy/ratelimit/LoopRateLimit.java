package io.evenkeel.proxy.ratelimit;

import io.evenkeel.balancer.policy.LoadBalancer;
import io.evenkeel.proxy.http.ClientAddress;
import io.evenkeel.proxy.http.RequestHead;
import io.evenkeel.proxy.key.RequestKey;
import org.jspecify.annotations.Nullable;

/** A {@link RateLimit} with what one event loop needs to apply it to requests. Event-loop confined. */
public final class LoopRateLimit {

    private static final long SECOND_NANOS = 1_000_000_000;

    private final RateLimit limit;
    private final @Nullable RequestKey key;
    private long waitNanos;

    /** @param onAbort is run when a regular expression was given up */
    public LoopRateLimit(RateLimit limit, Runnable onAbort) {
        this.limit = limit;
        this.key = limit.config()
                .key()
                .map(part -> RequestKey.of(part, limit.seed(), onAbort))
                .orElse(null);
    }

    /** Whether the limit allows this request, which is thereby counted. */
    public boolean admits(RequestHead head, ClientAddress client, long nowNanos) {
        waitNanos = limit.take(key == null ? LoadBalancer.NO_KEY : key.of(head, client), nowNanos);
        return waitNanos == Gcra.TAKEN;
    }

    /** Seconds after which a request like the one refused last would be allowed, 1 or more. */
    public long waitSeconds() {
        return (waitNanos + SECOND_NANOS - 1) / SECOND_NANOS;
    }

    /** Requests that are allowed in the time of the configuration. */
    public int requests() {
        return limit.config().requests();
    }
}
