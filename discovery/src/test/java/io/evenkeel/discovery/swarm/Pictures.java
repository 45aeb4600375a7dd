package io.evenkeel.discovery.swarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.discovery.testing.FakeEngine;
import io.evenkeel.discovery.testing.FakeSwarm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Pictures out of the Engine API's JSON. */
final class Pictures {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Pictures() {}

    static SwarmPicture of(FakeSwarm swarm) {
        return new SwarmPicture(
                PictureReader.nodes(json(swarm.nodes())),
                PictureReader.services(json(swarm.services())),
                PictureReader.tasks(json(swarm.tasks())));
    }

    /** What a real engine told: each list in a scene of its own. */
    static SwarmPicture recorded(String nodes, String services, String tasks) {
        return new SwarmPicture(
                PictureReader.nodes(resource(nodes + "-nodes")),
                PictureReader.services(resource(services + "-services")),
                PictureReader.tasks(resource(tasks + "-tasks")));
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static JsonNode resource(String name) {
        try (InputStream in = FakeEngine.class.getResourceAsStream("swarm/" + name + ".json")) {
            return JSON.readTree(Objects.requireNonNull(in, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
