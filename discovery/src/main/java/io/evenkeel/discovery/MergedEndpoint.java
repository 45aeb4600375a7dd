package io.evenkeel.discovery;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** One endpoint of an upstream with the sources that vouch for it. Immutable. */
public record MergedEndpoint(InetSocketAddress address, int weight, Optional<String> node, List<String> sources) {}
