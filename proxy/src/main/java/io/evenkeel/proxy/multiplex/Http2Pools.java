package io.evenkeel.proxy.multiplex;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.proxy.upstream.EndpointPool;
import io.evenkeel.proxy.upstream.PoolContext;
import io.evenkeel.proxy.upstream.PoolMaker;

/** Makes the pools of one event loop for endpoints that speak HTTP/2. Event-loop confined. */
public final class Http2Pools implements PoolMaker {

    private final Translation translation = new Translation();

    @Override
    public EndpointPool make(EndpointState endpoint, UpstreamConfig config, PoolContext context) {
        return new Http2Pool(endpoint, config, context, translation);
    }
}
