package io.evenkeel.rebalancer.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.evenkeel.config.RebalanceRoutersConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The admin endpoints of a router that has an endpoint on port 8822 of each task of a simulated swarm.
 *
 * <p><b>Threading.</b> Callable from any thread.
 */
public final class SimulatedRouter implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final SimulatedSwarm swarm;
    private final String token;
    private final Set<String> draining = new TreeSet<>();
    private final List<String> commands = new ArrayList<>();
    private int inFlight;
    private boolean broken;

    /** @param token what its commands need */
    public SimulatedRouter(SimulatedSwarm swarm, String token) throws IOException {
        this.swarm = swarm;
        this.token = token;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    /** These routers as a configuration has them. */
    public static RebalanceRoutersConfig config(SimulatedRouter... routers) {
        List<String> addresses = new ArrayList<>();
        for (SimulatedRouter router : routers) {
            addresses.add("127.0.0.1:" + router.server.getAddress().getPort());
        }
        return new RebalanceRoutersConfig("", 9901, addresses);
    }

    /** Endpoints that drain. */
    public synchronized Set<String> draining() {
        Set<String> there = new TreeSet<>(draining);
        there.retainAll(endpoints());
        return there;
    }

    /** The commands it was given. */
    public synchronized List<String> commands() {
        return List.copyOf(commands);
    }

    /** So many requests are in flight at each endpoint that drains. */
    public synchronized void inFlight(int requests) {
        inFlight = requests;
    }

    /** It answers nothing but errors. */
    public synchronized void breakDown() {
        broken = true;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private List<String> endpoints() {
        return swarm.addresses().stream().map(address -> address + ":8822").toList();
    }

    private synchronized void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean post = exchange.getRequestMethod().equals("POST");
            boolean proven =
                    ("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            int status = broken ? 500 : post && !proven ? 403 : 200;
            if (post && status == 200) {
                command(
                        exchange.getRequestURI().getPath(),
                        exchange.getRequestURI().getQuery());
            }
            byte[] body = page().toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void command(String path, String query) {
        String endpoint = query.replaceFirst("endpoint=", "");
        commands.add(path.substring(1));
        if (path.equals("/drain")) {
            draining.add(endpoint);
        } else {
            draining.remove(endpoint);
        }
    }

    private ObjectNode page() {
        ObjectNode page = JSON.createObjectNode();
        ArrayNode list = page.putArray("upstreams").addObject().putArray("endpoints");
        endpoints().forEach(endpoint -> list.addObject()
                .put("address", endpoint)
                .put("health", "healthy")
                .put("in_flight", draining.contains(endpoint) ? inFlight : 0));
        return page;
    }
}
