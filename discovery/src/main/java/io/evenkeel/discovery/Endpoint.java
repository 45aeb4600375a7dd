package io.evenkeel.discovery;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * One endpoint as one source reports it. Immutable.
 *
 * @param address resolved address, never a name
 * @param weight share of the traffic relative to its siblings, 1–1,000
 * @param node the cluster node it runs on, where the source knows
 */
public record Endpoint(InetSocketAddress address, int weight, Optional<String> node) {

    /** The weight of an endpoint whose source says nothing about weights. */
    public static final int DEFAULT_WEIGHT = 1;

    public Endpoint {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("unresolved: " + address);
        }
        if (weight < 1 || weight > 1_000) {
            throw new IllegalArgumentException("weight: " + weight + " (expected: 1-1,000)");
        }
    }

    /** An endpoint of which nothing but the address is known. */
    public static Endpoint at(InetSocketAddress address) {
        return new Endpoint(address, DEFAULT_WEIGHT, Optional.empty());
    }
}
