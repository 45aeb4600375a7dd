package io.evenkeel.discovery.consul;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A check as Consul lists it. Immutable. What Consul leaves out is empty.
 *
 * @param service name of the service it belongs to; empty: it is about the node
 * @param output what the check itself said last
 */
record Check(
        @JsonProperty("Node") String node,
        @JsonProperty("CheckID") String id,
        @JsonProperty("Status") String status,
        @JsonProperty("ServiceID") String serviceId,
        @JsonProperty("ServiceName") String service,
        @JsonProperty("Output") String output) {

    /** Whether the node is there at all, as its neighbours see it. */
    static final String SERF = "serfHealth";

    private static final int MAX_OUTPUT = 200;

    Check(
            @Nullable String node,
            @Nullable String id,
            @Nullable String status,
            @Nullable String serviceId,
            @Nullable String service,
            @Nullable String output) {
        this.node = Json.text(node);
        this.id = Json.text(id);
        this.status = Json.text(status);
        this.serviceId = Json.text(serviceId);
        this.service = Json.text(service);
        this.output = OneLine.of(Json.text(output), MAX_OUTPUT);
    }

    boolean ofNode() {
        return service.isEmpty() && serviceId.isEmpty();
    }

    /** Maintenance is a check that is always critical. */
    boolean critical() {
        return status.equals("critical");
    }

    boolean warning() {
        return status.equals("warning");
    }

    boolean passing() {
        return status.equals("passing");
    }
}
