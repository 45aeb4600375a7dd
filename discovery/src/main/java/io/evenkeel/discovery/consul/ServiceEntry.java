package io.evenkeel.discovery.consul;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An instance of a service with its node and all checks of both, as {@code /v1/health/service} lists it. Immutable. */
record ServiceEntry(
        @JsonProperty("Node") Node node,
        @JsonProperty("Service") Instance instance,
        @JsonProperty("Checks") List<Check> checks) {

    ServiceEntry(@Nullable Node node, @Nullable Instance instance, @Nullable List<Check> checks) {
        if (node == null || instance == null) {
            throw new IllegalArgumentException("an instance without " + (node == null ? "Node" : "Service"));
        }
        this.node = node;
        this.instance = instance;
        this.checks = Json.list(checks);
    }

    /** What tells it from all others: an id is unique on its node only. */
    String key() {
        return node.name() + "/" + instance.id();
    }

    /** The same with other checks of its node. */
    ServiceEntry withNodeChecks(List<Check> ofNode) {
        Stream<Check> own = checks.stream().filter(check -> !check.ofNode());
        return new ServiceEntry(
                node, instance, Stream.concat(ofNode.stream(), own).toList());
    }

    /** Where it runs. */
    record Node(
            @JsonProperty("Node") String name,
            @JsonProperty("Address") String address,
            @JsonProperty("TaggedAddresses") Map<String, String> taggedAddresses) {

        Node(@Nullable String name, @Nullable String address, @Nullable Map<String, @Nullable String> taggedAddresses) {
            this.name = Json.text(name);
            this.address = Json.text(address);
            this.taggedAddresses = Json.texts(taggedAddresses);
        }
    }

    /** What was registered. */
    record Instance(
            @JsonProperty("ID") String id,
            @JsonProperty("Tags") List<String> tags,
            @JsonProperty("Address") String address,
            @JsonProperty("TaggedAddresses") Map<String, Place> taggedAddresses,
            @JsonProperty("Meta") Map<String, String> meta,
            @JsonProperty("Port") int port,
            @JsonProperty("Weights") Weights weights) {

        Instance(
                @Nullable String id,
                @Nullable List<String> tags,
                @Nullable String address,
                @Nullable Map<String, Place> taggedAddresses,
                @Nullable Map<String, @Nullable String> meta,
                int port,
                @Nullable Weights weights) {
            this.id = Json.text(id);
            this.tags = Json.list(tags);
            this.address = Json.text(address);
            this.taggedAddresses = taggedAddresses == null ? Map.of() : Map.copyOf(taggedAddresses);
            this.meta = Json.texts(meta);
            this.port = port;
            this.weights = weights == null ? Weights.NONE : weights;
        }
    }

    /** An address with its own port. */
    record Place(@JsonProperty("Address") String address, @JsonProperty("Port") int port) {

        Place(@Nullable String address, int port) {
            this.address = Json.text(address);
            this.port = port;
        }
    }

    /** Consul's weights: one while all checks pass, one while the worst of them warns. */
    record Weights(@JsonProperty("Passing") int passing, @JsonProperty("Warning") int warning) {
        static final Weights NONE = new Weights(1, 1);
    }
}
