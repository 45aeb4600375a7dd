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
public record Endpoint(InetSocketAddress address, int weight, Optional<String> node) {}
