package io.evenkeel.rebalancer.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.evenkeel.config.SwarmConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * An Engine API on loopback: its version and its way of refusing; all else is up to whoever answers.
 *
 * <p><b>Threading.</b> Answers come from a thread of its own.
 */
public final class SimulatedEngine implements AutoCloseable {

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // else each answer takes 40 ms
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Answers answers;
    private final String least;
    private final String newest;

    /** What it says. */
    public interface Answers {

        /**
         * To a request.
         *
         * @param path without the version
         * @throws Refused with the status that is answered then
         */
        JsonNode answer(String path, String query, InputStream body) throws IOException;
    }

    /** One of Docker 20.10. */
    public SimulatedEngine(Answers answers) throws IOException {
        this(answers, "1.12", "1.41");
    }

    /** One that speaks these versions of the API. */
    public SimulatedEngine(Answers answers, String least, String newest) throws IOException {
        this.answers = answers;
        this.least = least;
        this.newest = newest;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    /** Where it listens. */
    public SwarmConfig config() {
        SwarmConfig defaults = SwarmConfig.defaults();
        return new SwarmConfig(
                List.of("127.0.0.1:" + server.getAddress().getPort()),
                defaults.tls(),
                "",
                false,
                defaults.resync(),
                Duration.ofSeconds(5));
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().replaceFirst("^/v1\\.\\d+", "");
            byte[] body;
            int status = 200;
            try {
                body = answer(exchange, path).toString().getBytes(StandardCharsets.UTF_8);
            } catch (Refused refused) {
                status = refused.status;
                body = JSON.createObjectNode()
                        .put("message", refused.getMessage())
                        .toString()
                        .getBytes(StandardCharsets.UTF_8);
            }
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private JsonNode answer(HttpExchange exchange, String path) throws IOException {
        if (path.equals("/version")) {
            return JSON.createObjectNode().put("ApiVersion", newest).put("MinAPIVersion", least);
        }
        String query = Objects.requireNonNullElse(exchange.getRequestURI().getQuery(), "");
        return answers.answer(path, query, exchange.getRequestBody());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** What is refused, and with which status. */
    public static final class Refused extends RuntimeException {
        private final int status;

        public Refused(int status, String why) {
            super(why, null, false, false);
            this.status = status;
        }
    }
}
