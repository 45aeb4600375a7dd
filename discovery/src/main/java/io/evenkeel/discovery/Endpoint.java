package io.evenkeel.discovery;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/**
 * One endpoint as one source reports it. Immutable.
 *
 * @param address resolved address, never a name
 * @param weight share of the traffic relative to its siblings, 1–1,000
 * @param node the cluster node it runs on, where the source knows
 * @param tags what the source says about it besides, such as {@code role=worker}; a tag without a value has the value {@code true}
 * @param health what the source's own checks say
 */
public record Endpoint(
        InetSocketAddress address, int weight, Optional<String> node, Map<String, String> tags, Health health) {

    /** The weight of an endpoint whose source says nothing about weights. */
    public static final int DEFAULT_WEIGHT = 1;

    /** The greatest weight. */
    public static final int MAX_WEIGHT = 1_000;

    /** What a source's own checks say about an endpoint. */
    public enum Health {
        /** The source checks nothing. */
        UNKNOWN,
        PASSING,
        /** It serves, but something is not as it should be; its weight may say so too. */
        WARNING,
        /** It must not be sent anything: a check fails, its node is gone, or somebody works on it. */
        CRITICAL
    }

    public Endpoint {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("unresolved: " + address);
        }
        if (weight < 1 || weight > MAX_WEIGHT) {
            throw new IllegalArgumentException("weight: " + weight + " (expected: 1-1,000)");
        }
        tags = Map.copyOf(tags);
    }

    /** An endpoint of which nothing but the address is known. */
    public static Endpoint at(InetSocketAddress address) {
        return new Endpoint(address, DEFAULT_WEIGHT, Optional.empty(), Map.of(), Health.UNKNOWN);
    }

    /** The same with another weight, 1–1,000. */
    public Endpoint withWeight(int wanted) {
        return new Endpoint(address, wanted, node, tags, health);
    }

    /** Whether its source would send it traffic. */
    public boolean usable() {
        return health != Health.CRITICAL;
    }
}
