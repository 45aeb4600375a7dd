package io.evenkeel.proxy.upstream;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.proxy.loop.LoopClock;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.telemetry.LoopTelemetry;
import java.util.IdentityHashMap;

/** The pools of one event loop, one for each endpoint that it has sent a request to. Event-loop confined. */
public final class LoopPools {

    private final IdentityHashMap<EndpointState, EndpointPool> pools = new IdentityHashMap<>();
    private final Connector connector;
    private final LoopClock clock;
    private final LoopTelemetry telemetry;
    private final int eventLoops;

    /** @param eventLoops how many loops share the limits of an endpoint */
    public LoopPools(Connector connector, LoopClock clock, LoopTelemetry telemetry, int eventLoops) {
        this.connector = connector;
        this.clock = clock;
        this.telemetry = telemetry;
        this.eventLoops = eventLoops;
    }

    /** The pool of this endpoint, with these limits from now on. */
    public EndpointPool pool(EndpointState endpoint, UpstreamConfig config) {
        EndpointPool pool = pools.get(endpoint);
        if (pool == null) {
            pool = new Http1Pool(endpoint, config, connector, clock, telemetry, eventLoops);
            pools.put(endpoint, pool);
        } else {
            pool.configure(config);
        }
        return pool;
    }

    /** Closes what has expired and forgets pools that are empty. To be called about once a second. */
    public void sweep() {
        pools.values().removeIf(pool -> {
            pool.sweep();
            return pool.unused();
        });
    }

    /** The endpoint has left its upstream. */
    public void retire(EndpointState endpoint) {
        EndpointPool pool = pools.get(endpoint);
        if (pool != null) {
            pool.retire();
        }
    }

    /** Has those who wait for this endpoint or use it give it up, for this reason. */
    public void interrupt(EndpointState endpoint, Failure failure) {
        EndpointPool pool = pools.get(endpoint);
        if (pool != null) {
            pool.interrupt(failure);
        }
    }

    /** The endpoint is unfit: whoever waits for it is told. */
    public void abandon(EndpointState endpoint) {
        EndpointPool pool = pools.get(endpoint);
        if (pool != null) {
            pool.abandon();
        }
    }

    /** Closes every idle connection. */
    public void close() {
        pools.values().forEach(EndpointPool::retire);
    }
}
