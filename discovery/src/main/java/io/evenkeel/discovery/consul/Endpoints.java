package io.evenkeel.discovery.consul;

import io.evenkeel.config.EndpointSourceConfig.ConsulSource;
import io.evenkeel.discovery.AddressOrder;
import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.Endpoint.Health;
import io.evenkeel.discovery.Literals;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Instances made into endpoints, one for each address. Immutable.
 *
 * @param found in the order of addresses
 * @param leftOut a line for each instance that is none, because where it listens is no address and port
 */
record Endpoints(List<Endpoint> found, List<String> leftOut) {

    /** What would rather be sent traffic comes first. */
    private static final Comparator<Endpoint> BETTER = Comparator.comparing(
                    (Endpoint endpoint) -> endpoint.health() == Health.CRITICAL)
            .thenComparing(endpoint -> endpoint.health() == Health.WARNING);

    /** The instances that a source means; of two with the same address, the healthier. */
    static Endpoints of(Collection<ServiceEntry> entries, Choice choice, ConsulSource config) {
        Map<InetSocketAddress, Endpoint> byAddress = new LinkedHashMap<>();
        List<String> leftOut = new ArrayList<>();
        entries.stream()
                .filter(entry -> choice.means(entry.instance()))
                .sorted(Comparator.comparing(ServiceEntry::key))
                .forEach(entry -> endpoint(entry, config)
                        .ifPresentOrElse(
                                endpoint -> byAddress.merge(endpoint.address(), endpoint, Endpoints::better),
                                () -> leftOut.add(line(entry, config))));
        return new Endpoints(
                byAddress.values().stream().sorted(AddressOrder.OF_ENDPOINTS).toList(), leftOut);
    }

    private static Endpoint better(Endpoint one, Endpoint other) {
        return BETTER.compare(one, other) <= 0 ? one : other;
    }

    private static Optional<Endpoint> endpoint(ServiceEntry entry, ConsulSource config) {
        ServiceEntry.Place place = place(entry, config);
        Optional<InetAddress> address = Literals.address(place.address());
        if (address.isEmpty() || place.port() < 1 || place.port() > 65_535) {
            return Optional.empty();
        }
        Judgement judgement = Judgement.of(entry);
        return Optional.of(new Endpoint(
                new InetSocketAddress(address.get(), place.port()),
                judgement.weight(),
                Optional.of(entry.instance()
                        .meta()
                        .getOrDefault("node", entry.node().name())),
                tags(entry.instance()),
                judgement.health()));
    }

    /** The tagged address that is asked for, else the service's, else the node's; the port of the configuration has the last word. */
    private static ServiceEntry.Place place(ServiceEntry entry, ConsulSource config) {
        ServiceEntry.Instance instance = entry.instance();
        Map<String, String> ofNode = entry.node().taggedAddresses();
        String nodes = ofNode.getOrDefault(config.taggedAddress(), entry.node().address());
        String plain = instance.address().isEmpty() ? nodes : instance.address();
        ServiceEntry.Place place = instance.taggedAddresses()
                .getOrDefault(config.taggedAddress(), new ServiceEntry.Place(plain, instance.port()));
        return config.port() == 0 ? place : new ServiceEntry.Place(place.address(), config.port());
    }

    /** Metadata and tags; {@code k=v} among the tags is a pair too, and metadata has the last word. */
    private static Map<String, String> tags(ServiceEntry.Instance instance) {
        Map<String, String> tags = new HashMap<>();
        for (String tag : instance.tags()) {
            int equals = tag.indexOf('=');
            tags.put(equals > 0 ? tag.substring(0, equals) : tag, equals > 0 ? tag.substring(equals + 1) : "true");
        }
        tags.putAll(instance.meta());
        return tags;
    }

    private static String line(ServiceEntry entry, ConsulSource config) {
        ServiceEntry.Place place = place(entry, config);
        return OneLine.of(
                "instance " + entry.instance().id() + " at node " + entry.node().name() + " listens at \""
                        + place.address() + "\", port " + place.port() + " (expected: an IP address and a port)",
                300);
    }
}
