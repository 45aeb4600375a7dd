package io.evenkeel.discovery.state;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.LastGoodStore.LastGood;
import io.evenkeel.discovery.SourceKey;
import io.netty.util.NetUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** The payload of a state file as JSON. Stateless. */
final class StateJson {

    private static final JsonFactory JSON = new JsonFactory();

    private StateJson() {}

    static byte[] write(Map<SourceKey, LastGood> sets) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("sources");
            for (Map.Entry<SourceKey, LastGood> set : sets.entrySet()) {
                write(json, set.getKey(), set.getValue());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    static Map<SourceKey, LastGood> read(byte[] payload) throws UnusableState {
        try (StateReader reader = new StateReader(JSON.createParser(payload))) {
            return reader.sets();
        } catch (JsonProcessingException e) {
            throw UnusableState.corrupt(e.getOriginalMessage());
        } catch (IOException | RuntimeException e) { // a right checksum over a wrong value
            throw UnusableState.corrupt(String.valueOf(e.getMessage()));
        }
    }

    private static void write(JsonGenerator json, SourceKey key, LastGood set) throws IOException {
        json.writeStartObject();
        json.writeStringField("upstream", key.upstream());
        json.writeStringField("source", key.source());
        json.writeStringField("config", key.config());
        json.writeStringField("confirmed", set.confirmed().toString());
        json.writeArrayFieldStart("endpoints");
        for (Endpoint endpoint : set.endpoints()) {
            write(json, endpoint);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Endpoint endpoint) throws IOException {
        json.writeStartObject();
        json.writeStringField(
                "address", NetUtil.toAddressString(endpoint.address().getAddress()));
        json.writeNumberField("port", endpoint.address().getPort());
        json.writeNumberField("weight", endpoint.weight());
        json.writeStringField("node", endpoint.node().orElse(""));
        json.writeStringField("health", endpoint.health().name().toLowerCase(Locale.ROOT));
        json.writeObjectFieldStart("tags");
        for (Map.Entry<String, String> tag : endpoint.tags().entrySet()) {
            json.writeStringField(tag.getKey(), tag.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
