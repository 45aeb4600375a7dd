package io.evenkeel.discovery.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A Consul agent's HTTP API, as a test uses it to change what is registered. Everything it asks for must succeed.
 *
 * <p><b>Threading.</b> Callable from any thread; waits for the answer.
 */
public final class ConsulApi {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** One for all: each has a thread of its own. */
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    private final String base;
    private final Optional<String> token;

    ConsulApi(String address, Optional<String> token) {
        this.base = "http://" + address;
        this.token = token;
    }

    /** Registers an instance at the agent, or changes it. */
    public void register(ConsulRegistration registration) {
        put("/v1/agent/service/register", registration.json());
    }

    public void deregister(String id) {
        put("/v1/agent/service/deregister/" + id, Map.of());
    }

    /** Sets what the check of an instance registered with one says: {@code passing}, {@code warning} or {@code critical}. */
    public void check(String id, String status) {
        put("/v1/agent/check/update/service:" + id, Map.of("Status", status));
    }

    public void maintain(String id, boolean on) {
        put("/v1/agent/service/maintenance/" + id + "?enable=" + on, Map.of());
    }

    public void maintainNode(boolean on) {
        put("/v1/agent/maintenance?enable=" + on, Map.of());
    }

    /** Puts something straight into the catalog, such as a node without an agent. */
    public void catalog(Map<String, ?> entry) {
        put("/v1/catalog/register", entry);
    }

    public JsonNode put(String path, Object body) {
        HttpRequest.Builder request = request(path);
        request.PUT(HttpRequest.BodyPublishers.ofString(text(body)));
        return json(send(request.build()));
    }

    public JsonNode get(String path) {
        return json(send(request(path).build()));
    }

    public void delete(String path) {
        send(request(path).DELETE().build());
    }

    /** The status of a GET, 0 when nobody answers. */
    int status(String path) {
        try {
            return CLIENT.send(request(path).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException nobody) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
        token.ifPresent(secret -> request.header("X-Consul-Token", secret));
        return request;
    }

    private String send(HttpRequest request) {
        try {
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new AssertionError(request.uri() + ": " + response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(request.uri() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String text(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
