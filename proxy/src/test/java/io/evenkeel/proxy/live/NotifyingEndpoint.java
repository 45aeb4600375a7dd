package io.evenkeel.proxy.live;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An endpoint with notification channels as VVM has them: a POST opens a stream of events whose first names the channel, which lives in this
 * endpoint's memory alone; everything else under the channel's path is 200 where it is known and 404 where it is not.
 */
final class NotifyingEndpoint implements AutoCloseable {

    static {
        // or it waits 40 ms for an acknowledgement between a head and its body
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final String PATH = "/notifications/";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<String> channels = ConcurrentHashMap.newKeySet();
    private final AtomicInteger strangers = new AtomicInteger();
    private final CountDownLatch closing = new CountDownLatch(1);

    NotifyingEndpoint() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String name() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    Set<String> channels() {
        return channels;
    }

    /** Requests for channels that are not of this endpoint. */
    int strangers() {
        return strangers.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        int channel = path.indexOf(PATH);
        if (exchange.getRequestMethod().equals("POST")) {
            stream(exchange);
        } else if (channel < 0
                || channels.contains(path.substring(channel + PATH.length()).split("/", -1)[0])) {
            end(exchange, 200);
        } else {
            strangers.incrementAndGet();
            end(exchange, 404);
        }
    }

    private void stream(HttpExchange exchange) throws IOException {
        String channel = UUID.randomUUID().toString();
        channels.add(channel);
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream; charset=utf-8");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.write((": welcome\n\nevent: channelId\ndata: " + channel + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    private void end(HttpExchange exchange, int status) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] body = name().getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
