package io.evenkeel.perf.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Writes service instances straight into a Consul's catalog, on nodes of their own that no agent looks after. Thread-safe. */
final class ConsulCatalog {

    private static final String NODE = "measured-";

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    ConsulCatalog(int port) {
        this.base = "http://127.0.0.1:" + port + "/v1/catalog/";
    }

    /** Returns when Consul has taken it. */
    void register(int node, String service, String id, InetSocketAddress address)
            throws IOException, InterruptedException {
        put(
                "register",
                "{\"Node\":\"%s\",\"Address\":\"127.0.0.1\",\"SkipNodeUpdate\":true,\"Service\":{\"ID\":\"%s\",\"Service\":\"%s\",\"Address\":\"%s\",\"Port\":%d}}"
                        .formatted(
                                NODE + node, id, service, address.getAddress().getHostAddress(), address.getPort()));
    }

    /** Returns when Consul has forgotten it. */
    void deregister(int node, String id) throws IOException, InterruptedException {
        put("deregister", "{\"Node\":\"%s\",\"ServiceID\":\"%s\"}".formatted(NODE + node, id));
    }

    /** Makes a node; services can only be registered on one that is there. */
    void makeNode(int node) throws IOException, InterruptedException {
        put("register", "{\"Node\":\"%s\",\"Address\":\"127.0.0.1\"}".formatted(NODE + node));
    }

    private void put(String what, String json) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + what))
                .PUT(BodyPublishers.ofString(json))
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(what + ": " + response.statusCode() + " " + response.body());
        }
    }
}
