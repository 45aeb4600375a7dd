package io.evenkeel.discovery.consul;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.Map;
import org.kiwiproject.consul.option.ImmutableQueryOptions;

/**
 * Something an agent can be asked. Immutable.
 *
 * @param path the segments of the path after {@code /v1}, not yet encoded
 * @param datacenter which datacenter is asked about; empty: the agent's own
 * @param filter an expression judged by the agent; empty: none
 * @param shape what the answer is read as
 * @param maxBytes an answer longer than this is not read
 */
record Question<T>(List<String> path, String datacenter, String filter, TypeReference<T> shape, long maxBytes) {

    /** 16 MiB: some 10,000 instances of one service. */
    private static final long MAX_BYTES = 16 << 20;

    /** 64 MiB: some 100,000 checks, or instances on a node. */
    private static final long MAX_BYTES_OF_MANY = 64 << 20;

    /** All instances of a service with their checks, whatever these say. */
    static Question<List<ServiceEntry>> instances(ServiceKey key) {
        return new Question<>(
                List.of("health", "service", key.service()),
                key.datacenter(),
                key.filter(),
                new TypeReference<>() {},
                MAX_BYTES);
    }

    /** The names of all services with the tags that occur in them. */
    static Question<Map<String, List<String>>> services(String datacenter) {
        return new Question<>(List.of("catalog", "services"), datacenter, "", new TypeReference<>() {}, MAX_BYTES);
    }

    /** All checks, or those that a filter chooses. */
    static Question<List<Check>> checks(String datacenter, String filter) {
        return new Question<>(
                List.of("health", "state", "any"), datacenter, filter, new TypeReference<>() {}, MAX_BYTES_OF_MANY);
    }

    /** All nodes. */
    static Question<List<CatalogNode>> nodes(String datacenter) {
        return new Question<>(List.of("catalog", "nodes"), datacenter, "", new TypeReference<>() {}, MAX_BYTES);
    }

    /** What is registered on a node. */
    static Question<CatalogNode.Contents> contents(String datacenter, String node) {
        return new Question<>(
                List.of("catalog", "node", node), datacenter, "", new TypeReference<>() {}, MAX_BYTES_OF_MANY);
    }

    /** The address of the leader, empty when there is none. */
    static Question<String> leader() {
        return new Question<>(List.of("status", "leader"), "", "", new TypeReference<>() {}, MAX_BYTES);
    }

    /** Whether the answer says how far the servers' memory has come. */
    boolean indexed() {
        return !path.get(0).equals("status");
    }

    /** As it is written in messages, such as {@code /v1/health/service/vvm}. */
    String text() {
        return "/v1/" + String.join("/", path);
    }

    /** The parameters that do not depend on when it is asked. */
    ImmutableQueryOptions.Builder options() {
        ImmutableQueryOptions.Builder options = ImmutableQueryOptions.builder();
        if (!datacenter.isEmpty()) {
            options.datacenter(datacenter);
        }
        return filter.isEmpty() ? options : options.filter(filter);
    }
}
