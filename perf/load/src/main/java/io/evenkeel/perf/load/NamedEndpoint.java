package io.evenkeel.perf.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** An endpoint that knows when it was last asked. Thread-safe. */
final class NamedEndpoint implements AutoCloseable {

    static {
        // or it waits 40 ms for an acknowledgement between a head and its body
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final byte[] BODY = "hello, world\n".getBytes(StandardCharsets.US_ASCII);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong lastAskedNanos = new AtomicLong();
    private final AtomicLong asked = new AtomicLong();

    /** Listens on a free port of 127.0.0.1. */
    NamedEndpoint() throws IOException {
        server = HttpServer.create(Loopback.address(1, 0), 256);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    /** Requests so far. */
    long asked() {
        return asked.get();
    }

    /** {@link System#nanoTime} when the last request came. */
    long lastAskedNanos() {
        return lastAskedNanos.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        lastAskedNanos.set(System.nanoTime());
        asked.incrementAndGet();
        exchange.sendResponseHeaders(200, BODY.length);
        exchange.getResponseBody().write(BODY);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
