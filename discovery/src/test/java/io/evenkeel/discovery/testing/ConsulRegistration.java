package io.evenkeel.discovery.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An instance of a service as it is registered at a {@link ConsulAgent}. Immutable. */
public record ConsulRegistration(Map<String, Object> json) {

    /** Address and port of an instance that nobody checks. */
    public static ConsulRegistration of(String service, String id, String address, int port) {
        return new ConsulRegistration(Map.of("Name", service, "ID", id, "Address", address, "Port", port));
    }

    /** With a check that says what {@link ConsulApi#check} told last; at first this. */
    public ConsulRegistration checked(String status) {
        return with("Check", Map.of("CheckID", "service:" + json.get("ID"), "TTL", "1h", "Status", status));
    }

    public ConsulRegistration tags(String... tags) {
        return with("Tags", List.of(tags));
    }

    public ConsulRegistration meta(Map<String, String> meta) {
        return with("Meta", meta);
    }

    public ConsulRegistration weights(int passing, int warning) {
        return with("Weights", Map.of("Passing", passing, "Warning", warning));
    }

    public ConsulRegistration tagged(String name, String address, int port) {
        return with("TaggedAddresses", Map.of(name, Map.of("Address", address, "Port", port)));
    }

    private ConsulRegistration with(String field, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(json);
        more.put(field, value);
        return new ConsulRegistration(more);
    }
}
