package io.evenkeel.proxy.upstream;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.config.UpstreamConfig;

/** Makes the pools of a protocol. Stateless. */
@FunctionalInterface
public interface PoolMaker {

    /** An empty pool for this endpoint. */
    EndpointPool make(EndpointState endpoint, UpstreamConfig config, PoolContext context);
}
