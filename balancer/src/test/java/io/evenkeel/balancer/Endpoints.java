package io.evenkeel.balancer;

import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.MergedEndpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.IntStream;

/** Endpoints for tests: number n has the address 10.0.(n / 256).(n % 256), port 80. */
final class Endpoints {

    private Endpoints() {}

    static EndpointState[] states(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new EndpointState(reported(i)))
                .toArray(EndpointState[]::new);
    }

    static List<MergedEndpoint> merged(int... numbers) {
        return IntStream.of(numbers).mapToObj(Endpoints::reported).toList();
    }

    static MergedEndpoint reported(int number) {
        return MergedEndpoint.of("static", Endpoint.at(address(number)));
    }

    static InetSocketAddress address(int number) {
        try {
            byte[] ip = {10, 0, (byte) (number >> 8), (byte) number};
            return new InetSocketAddress(InetAddress.getByAddress(ip), 80);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Puts attempts in flight at an endpoint. */
    static void busy(EndpointState endpoint, int attempts) {
        for (int i = 0; i < attempts; i++) {
            new Permit().begin(endpoint);
        }
    }
}
