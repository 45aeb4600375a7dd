package io.evenkeel.discovery.consul;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node as the catalog lists it. Immutable.
 *
 * @param modified index of its last change; 0: the agent does not say
 */
record CatalogNode(@JsonProperty("Node") String name, @JsonProperty("ModifyIndex") long modified) {

    CatalogNode(@Nullable String name, long modified) {
        this.name = Json.text(name);
        this.modified = modified;
    }

    /** What is registered on one node, by the ids of the instances. */
    record Contents(
            @JsonProperty("Node") CatalogNode node, @JsonProperty("Services") Map<String, Registered> instances) {

        Contents(@Nullable CatalogNode node, @Nullable Map<String, Registered> instances) {
            this.node = node == null ? new CatalogNode("", 0) : node;
            this.instances = instances == null ? Map.of() : Map.copyOf(instances);
        }
    }

    /** One instance: of which service, and the index of its last change. */
    record Registered(@JsonProperty("Service") String service, @JsonProperty("ModifyIndex") long modified) {

        Registered(@Nullable String service, long modified) {
            this.service = Json.text(service);
            this.modified = modified;
        }
    }
}
