package io.evenkeel.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The endpoint that the page {@code browser.html} comes from and talks to, the JDK's HTTP/1.1 server.
 *
 * <p><b>Threading.</b> Each exchange has a thread.
 */
final class WebSite implements AutoCloseable {

    static final int EVENTS = 5;

    private static final int DOWNLOAD_BYTES = 32 << 20;

    private final byte[] download = new byte[DOWNLOAD_BYTES];
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final CompletableFuture<JsonNode> result = new CompletableFuture<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    WebSite() throws IOException {
        new SplittableRandom(1).nextBytes(download);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        serve("/page", exchange -> answer(exchange, "text/html", script("browser.html")));
        serve("/sockets.mjs", exchange -> answer(exchange, "text/javascript", script("sockets.mjs")));
        serve(
                "/via",
                exchange -> answer(
                        exchange,
                        "text/plain",
                        utf8(exchange.getRequestHeaders().getFirst("Via"))));
        serve("/events", this::tell);
        serve("/seen", exchange -> {
            seen.add(exchange.getRequestURI().getQuery());
            answer(exchange, "text/plain", new byte[0]);
        });
        serve("/download", exchange -> answer(exchange, "application/octet-stream", download));
        serve(
                "/upload",
                exchange -> answer(
                        exchange,
                        "text/plain",
                        utf8(description(exchange.getRequestBody().readAllBytes()))));
        serve("/result", exchange -> {
            result.complete(
                    new ObjectMapper().readTree(exchange.getRequestBody().readAllBytes()));
            answer(exchange, "text/plain", new byte[0]);
        });
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** What the page found, once it has. */
    CompletableFuture<JsonNode> result() {
        return result;
    }

    /** What a page that has all of the download says of it. */
    String downloaded() {
        return description(download);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Each event goes out only after the page has said that it saw the one before. */
    private void tell(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        for (int event = 0; event < EVENTS; event++) {
            out.write(utf8("data: " + event + "\n\n"));
            out.flush();
            awaitSeen(String.valueOf(event));
        }
        out.write(utf8("event: end\ndata:\n\n"));
    }

    private void awaitSeen(String event) throws IOException {
        try {
            String said = seen.poll(Program.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (!event.equals(said)) {
                throw new IOException("event " + event + " was not seen, but " + said);
            }
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }

    private void serve(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            try (exchange) {
                handler.handle(exchange);
            }
        });
    }

    private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static byte[] script(String name) throws IOException {
        return Files.readAllBytes(House.scripts().resolve(name));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** As {@code sockets.mjs} makes it. */
    private static String description(byte[] octets) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(octets);
            return "binary " + octets.length + " " + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
