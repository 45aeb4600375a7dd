package io.evenkeel.proxy.upstream;

import io.evenkeel.proxy.loop.LoopClock;
import io.evenkeel.proxy.proxyprotocol.Passage;
import io.evenkeel.proxy.telemetry.LoopTelemetry;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What all pools of one event loop share. Event-loop confined.
 *
 * @param eventLoops how many loops share the limits of an endpoint, 1 or more
 */
public record PoolContext(Connector connector, LoopClock clock, LoopTelemetry telemetry, int eventLoops) {

    /** A tenth of the maximum age, either way, so that connections opened together do not retire together. */
    private static final double AGE_JITTER = 0.1;

    /** This loop's share of a limit that is configured per endpoint. */
    public int share(int perEndpoint) {
        return (perEndpoint + eventLoops - 1) / eventLoops;
    }

    /** When a connection that is opened now has become too old, in nanoseconds of the loop's clock. */
    public long retireAtNanos(Duration maxAge) {
        double jitter = 1 + AGE_JITTER * ThreadLocalRandom.current().nextDouble(-1, 1);
        return clock.batchNanos() + (long) (maxAge.toNanos() * jitter);
    }

    /** The same for pools that serve one client only. */
    PoolContext speakingFor(Passage client) {
        return new PoolContext(connector.speakingFor(client), clock, telemetry, eventLoops);
    }
}
