package io.evenkeel.balancer;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Permit;
import io.evenkeel.balancer.policy.Tried;
import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.MergedEndpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Endpoints for tests: number n has the address 10.0.(n / 256).(n % 256), port 80. */
public final class Endpoints {

    /** Of an exchange at its first attempt. */
    public static final Tried UNTRIED = new Tried();

    private Endpoints() {}

    public static EndpointState[] states(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new EndpointState(reported(i)))
                .toArray(EndpointState[]::new);
    }

    public static List<MergedEndpoint> merged(int... numbers) {
        return IntStream.of(numbers).mapToObj(Endpoints::reported).toList();
    }

    public static MergedEndpoint reported(int number) {
        return MergedEndpoint.of("static", Endpoint.at(address(number)));
    }

    /** One with what a source can say about it besides. */
    public static MergedEndpoint reported(int number, int weight, String node, Map<String, String> tags) {
        return MergedEndpoint.of(
                "static",
                new Endpoint(
                        address(number),
                        weight,
                        Optional.of(node).filter(text -> !text.isEmpty()),
                        tags,
                        Endpoint.Health.UNKNOWN));
    }

    /** As many as there are weights. */
    public static EndpointState[] weighted(int... weights) {
        return IntStream.range(0, weights.length)
                .mapToObj(i -> new EndpointState(reported(i, weights[i], "", Map.of())))
                .toArray(EndpointState[]::new);
    }

    public static InetSocketAddress address(int number) {
        try {
            byte[] ip = {10, 0, (byte) (number >> 8), (byte) number};
            return new InetSocketAddress(InetAddress.getByAddress(ip), 80);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of an exchange that tried these. */
    public static Tried tried(EndpointState... endpoints) {
        Tried tried = new Tried();
        for (EndpointState endpoint : endpoints) {
            tried.add(endpoint);
        }
        return tried;
    }

    /** Puts attempts in flight at an endpoint. */
    public static void busy(EndpointState endpoint, int attempts) {
        for (int i = 0; i < attempts; i++) {
            new Permit().begin(endpoint);
        }
    }
}
