package io.evenkeel.config;

import java.time.Duration;

/**
 * Connections to each endpoint of an upstream. Counts are per endpoint and over all event loops.
 *
 * @param maxConnections connections to one endpoint at once. Count, 1 to 65535, default 1024. More lets an endpoint be
 *     overrun; fewer makes exchanges wait for one another.
 * @param maxPending exchanges that wait for a connection to one endpoint. Count, ≥ 0, default 1024. More rides out
 *     bursts at the price of latency; fewer answers 503 sooner.
 * @param maxIdle unused connections kept; 0 keeps none. Count, 0 to 65535, default 1024. More saves connects after a
 *     lull, and fewer than are in use at a time are opened and closed all the time; fewer frees the endpoint's memory.
 * @param idleTimeout how long an unused connection is kept. Duration, ≥ 100ms, default 30s. More saves connects, but
 *     more than the endpoint's own keep-alive makes races.
 * @param unsafeReuseWindow how long after its last use a connection may carry a request that is not safe to repeat.
 *     Duration, ≥ 0s, default 1s. More saves connects; less makes a POST that meets a closing connection rarer.
 * @param maxAge age at which a connection is not used again, give or take a tenth. Duration, ≥ 1s, default 10m.
 *     More saves connects; less follows changes behind a shared address sooner.
 * @param maxHeadBytes longest response head. Size, 1KiB to 256KiB, default 32KiB. More costs memory per exchange; less
 *     turns large Set-Cookie and Content-Security-Policy fields into 502.
 */
public record PoolConfig(
        @Knob(byDefault = "1024", min = "1", max = "65535", need = Knob.Need.FREQUENT) int maxConnections,
        @Knob(byDefault = "1024") int maxPending,
        @Knob(byDefault = "1024", max = "65535") int maxIdle,
        @Knob(byDefault = "30s", min = "100ms", need = Knob.Need.FREQUENT) Duration idleTimeout,
        @Knob(byDefault = "1s") Duration unsafeReuseWindow,
        @Knob(byDefault = "10m", min = "1s") Duration maxAge,
        @Knob(byDefault = "32KiB", min = "1KiB", max = "256KiB") int maxHeadBytes) {

    /** What a file that says nothing gets. */
    public static PoolConfig defaults() {
        return Binder.defaults(PoolConfig.class);
    }
}
