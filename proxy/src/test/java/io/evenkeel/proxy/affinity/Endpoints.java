package io.evenkeel.proxy.affinity;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.MergedEndpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Endpoints that nobody listens at. */
final class Endpoints {

    private Endpoints() {}

    static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** One at this port of the loopback. */
    static EndpointState at(int port) {
        return new EndpointState(MergedEndpoint.of("test", Endpoint.at(address(port))));
    }
}
