package io.evenkeel.rebalancer.router;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.evenkeel.config.RebalanceRoutersConfig;
import io.evenkeel.config.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All routers of the cluster, asked by way of their admin endpoints. What one of them does not answer counts as not answered at all, because an endpoint that
 * one router still uses is not drained.
 *
 * <p><b>Threading.</b> One thread asks and waits.
 */
public final class Routers {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final RebalanceRoutersConfig config;
    private final Optional<Secret> token;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /** @param token what their commands need, if anything */
    public Routers(RebalanceRoutersConfig config, Optional<Secret> token) {
        this.config = config;
        this.token = token;
    }

    /** Whether there are any to be asked. */
    public boolean configured() {
        return !config.name().isEmpty() || !config.addresses().isEmpty();
    }

    /**
     * What every router says of its endpoints now.
     *
     * @throws RouterFailure if one of them does not answer
     */
    public RoutersView view() {
        List<List<RouterEndpoint>> all = new ArrayList<>();
        for (String router : addresses()) {
            all.add(endpoints(
                    json(router, send(router, request(router, "/endpoints").GET()))));
        }
        return new RoutersView(all);
    }

    /** Every router that has endpoints at these addresses sends them nothing new. */
    public void drain(Set<String> addresses) {
        command("drain", addresses);
    }

    /** The opposite. */
    public void undrain(Set<String> addresses) {
        command("undrain", addresses);
    }

    private void command(String command, Set<String> addresses) {
        for (String router : addresses()) {
            JsonNode said =
                    json(router, send(router, request(router, "/endpoints").GET()));
            for (RouterEndpoint endpoint : endpoints(said)) {
                if (addresses.contains(endpoint.host())) {
                    String path = "/" + command + "?endpoint=" + endpoint.address();
                    send(router, request(router, path).POST(HttpRequest.BodyPublishers.noBody()));
                }
            }
        }
    }

    private List<String> addresses() {
        List<String> all = new ArrayList<>(config.addresses());
        if (!config.name().isEmpty()) {
            try {
                for (InetAddress address : InetAddress.getAllByName(config.name())) {
                    String host = address.getHostAddress();
                    all.add((host.contains(":") ? "[" + host + "]" : host) + ":" + config.port());
                }
            } catch (UnknownHostException e) {
                throw new RouterFailure("rebalance.routers.name: " + config.name() + " has no addresses");
            }
        }
        return all;
    }

    private HttpRequest.Builder request(String router, String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://" + router + path)).timeout(TIMEOUT);
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret.value()));
        return request;
    }

    /** An endpoint that has just left is a success: nothing new goes there. */
    private String send(String router, HttpRequest.Builder request) {
        HttpRequest asked = request.build();
        String what =
                "router " + router + ": " + asked.method() + " " + asked.uri().getPath() + ": ";
        try {
            HttpResponse<String> answer = http.send(asked, HttpResponse.BodyHandlers.ofString());
            boolean left = answer.statusCode() == 404 && asked.method().equals("POST");
            if (answer.statusCode() != 200 && !left) {
                throw new RouterFailure(
                        what + answer.statusCode() + " " + answer.body().strip());
            }
            return answer.body();
        } catch (IOException e) {
            throw new RouterFailure(
                    what + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RouterFailure(what + "interrupted");
        }
    }

    private static JsonNode json(String router, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new RouterFailure("router " + router + ": /endpoints is not JSON");
        }
    }

    static List<RouterEndpoint> endpoints(JsonNode said) {
        List<RouterEndpoint> endpoints = new ArrayList<>();
        for (JsonNode upstream : said.path("upstreams")) {
            for (JsonNode endpoint : upstream.path("endpoints")) {
                if (!endpoint.path("departed").asBoolean(false)) {
                    endpoints.add(new RouterEndpoint(
                            endpoint.path("address").asText(),
                            endpoint.path("health").asText().equals("unhealthy")
                                    || endpoint.path("ejected").asBoolean(false),
                            endpoint.path("in_flight").asInt(0)));
                }
            }
        }
        return endpoints;
    }
}
