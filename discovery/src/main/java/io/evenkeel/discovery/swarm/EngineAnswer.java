package io.evenkeel.discovery.swarm;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.dockerjava.transport.DockerHttpClient;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** What an engine answers to one question. */
final class EngineAnswer implements Closeable {

    /** 10,000 tasks take about this much. */
    private static final int MAX_BYTES = 64 << 20;

    private static final int MAX_REASON_BYTES = 4 << 10;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final DockerHttpClient.Response response;

    EngineAnswer(DockerHttpClient.Response response) {
        this.response = response;
    }

    /** The whole body, bounded in size. */
    JsonNode json() throws IOException {
        byte[] bytes = response.getBody().readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new IOException("more than " + (MAX_BYTES >> 20) + " MiB");
        }
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new EngineFailure("not JSON: " + e.getOriginalMessage());
        }
    }

    /** The body as it arrives: one value after another; does not wait for the first. The caller closes it, or this. */
    JsonParser values() throws IOException {
        return JSON.createParser(new InputStreamReader(response.getBody(), StandardCharsets.UTF_8));
    }

    boolean refused() {
        return response.getStatusCode() != 200;
    }

    /** Status and reason of an answer that is none. Swarm without a leader says so with 500 or 503. */
    String refusal() {
        int status = response.getStatusCode();
        boolean proxy = status == 403 || status == 404;
        return status + " " + reason() + (proxy ? " (a proxy before the engine must allow this)" : "");
    }

    private String reason() {
        try {
            String text = new String(response.getBody().readNBytes(MAX_REASON_BYTES), StandardCharsets.UTF_8);
            return text.startsWith("{") ? JSON.readTree(text).path("message").asText() : text;
        } catch (IOException | RuntimeException e) {
            return "without a reason";
        }
    }

    @Override
    public void close() {
        response.close();
    }
}
