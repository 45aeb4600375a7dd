package io.evenkeel.discovery;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One endpoint of an upstream with the sources that vouch for it. Immutable.
 *
 * @param weight as the first source that vouches for it says, 1–1,000
 * @param node as the first source that knows says
 * @param sources names, in the order of the configuration
 */
public record MergedEndpoint(InetSocketAddress address, int weight, Optional<String> node, List<String> sources) {

    static MergedEndpoint of(Endpoint endpoint, String source) {
        return new MergedEndpoint(endpoint.address(), endpoint.weight(), endpoint.node(), List.of(source));
    }

    MergedEndpoint vouchedAlsoBy(MergedEndpoint later) {
        List<String> both = Stream.concat(sources.stream(), later.sources.stream())
                .distinct()
                .toList();
        return new MergedEndpoint(address, weight, node.or(later::node), both);
    }
}
