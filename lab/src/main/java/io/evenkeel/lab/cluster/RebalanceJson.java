package io.evenkeel.lab.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.evenkeel.lab.record.Snapshot;
import io.evenkeel.lab.record.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what {@code /rebalance} says. Stateless. */
public final class RebalanceJson {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private RebalanceJson() {}

    /** Empty if that is no such page. */
    public static Optional<View> view(long at, Snapshot.Task task, String text) {
        try {
            JsonNode page = JSON.readTree(text);
            if (!page.has("active")) {
                return Optional.empty();
            }
            List<View.Ended> history = new ArrayList<>();
            for (JsonNode past : page.path("history")) {
                history.add(new View.Ended(
                        past.path("at").asText(),
                        past.path("service").asText(),
                        past.path("from").asText(),
                        past.path("to").asText(),
                        past.path("result").asText()));
            }
            return Optional.of(new View(
                    at,
                    task.id(),
                    task.node(),
                    page.path("active").asBoolean(),
                    page.path("reason").asText(),
                    page.path("step").asText("").replace("null", ""),
                    page.has("plan") ? page.at("/plan/moves").size() : -1,
                    history));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
