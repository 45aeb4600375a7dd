package io.evenkeel.discovery.state;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.LastGoodStore.LastGood;
import io.evenkeel.discovery.Literals;
import io.evenkeel.discovery.SourceKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads what {@link StateJson} wrote, and nothing else: the same fields in the same order. Owns the parser. */
final class StateReader implements AutoCloseable {

    private final JsonParser json;

    StateReader(JsonParser json) {
        this.json = json;
    }

    /** All sets; fails with an {@code IOException} or a {@code RuntimeException} on what was not written so. */
    Map<SourceKey, LastGood> sets() throws IOException {
        Map<SourceKey, LastGood> sets = new HashMap<>();
        expect(json.nextToken(), JsonToken.START_OBJECT);
        expect(field("sources"), JsonToken.START_ARRAY);
        while (json.nextToken() == JsonToken.START_OBJECT) {
            sets.put(new SourceKey(text("upstream"), text("source"), text("config")), set());
        }
        expect(json.currentToken(), JsonToken.END_ARRAY);
        expect(json.nextToken(), JsonToken.END_OBJECT);
        return sets;
    }

    @Override
    public void close() throws IOException {
        json.close();
    }

    private LastGood set() throws IOException {
        Instant confirmed = Instant.parse(text("confirmed"));
        List<Endpoint> endpoints = new ArrayList<>();
        expect(field("endpoints"), JsonToken.START_ARRAY);
        while (json.nextToken() == JsonToken.START_OBJECT) {
            endpoints.add(endpoint());
        }
        expect(json.currentToken(), JsonToken.END_ARRAY);
        expect(json.nextToken(), JsonToken.END_OBJECT);
        return new LastGood(confirmed, endpoints);
    }

    private Endpoint endpoint() throws IOException {
        InetAddress address = Literals.address(text("address")).orElseThrow();
        InetSocketAddress socket = new InetSocketAddress(address, number("port"));
        int weight = number("weight");
        Optional<String> node = Optional.of(text("node")).filter(name -> !name.isEmpty());
        Endpoint.Health health = Endpoint.Health.valueOf(text("health").toUpperCase(Locale.ROOT));
        Endpoint endpoint = new Endpoint(socket, weight, node, tags(), health);
        expect(json.nextToken(), JsonToken.END_OBJECT);
        return endpoint;
    }

    private Map<String, String> tags() throws IOException {
        Map<String, String> tags = new HashMap<>();
        expect(field("tags"), JsonToken.START_OBJECT);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            expect(json.nextToken(), JsonToken.VALUE_STRING);
            tags.put(name, json.getText());
        }
        expect(json.currentToken(), JsonToken.END_OBJECT);
        return tags;
    }

    private String text(String name) throws IOException {
        expect(field(name), JsonToken.VALUE_STRING);
        return json.getText();
    }

    private int number(String name) throws IOException {
        expect(field(name), JsonToken.VALUE_NUMBER_INT);
        return json.getIntValue();
    }

    private JsonToken field(String name) throws IOException {
        if (!name.equals(json.nextFieldName())) {
            throw new JsonParseException(json, json.currentName() + " (expected: " + name + ")");
        }
        return json.nextToken();
    }

    private void expect(JsonToken found, JsonToken wanted) throws IOException {
        if (found != wanted) {
            throw new JsonParseException(json, found + " (expected: " + wanted + ")");
        }
    }
}
