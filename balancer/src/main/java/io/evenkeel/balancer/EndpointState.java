package io.evenkeel.balancer;

import java.net.InetSocketAddress;

/**
 * What is alive about an endpoint: its counters. Keyed by address within its upstream and outliving snapshots, so that neither a
 * reload nor a discovery update loses a count.
 *
 * <p><b>Threading.</b> Shared by all event loops.
 */
public final class EndpointState {

    private final InetSocketAddress address;

    EndpointState(InetSocketAddress address) {
        this.address = address;
    }

    public InetSocketAddress address() {
        return address;
    }
}
