package io.evenkeel.proxy.live;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on the loopback that answers with its own address; {@code /slow} waits to be told to. */
final class LiveEndpoint implements AutoCloseable {

    static {
        // or it waits 40 ms for an acknowledgement between a head and its body
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final int BIND_ATTEMPTS = 50;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch slowBegan = new CountDownLatch(1);
    private final CountDownLatch slowMayEnd = new CountDownLatch(1);

    /** Publishes what every answer waits for; the test writes, the server's threads read. */
    private volatile CountDownLatch answers = new CountDownLatch(0);

    private LiveEndpoint(InetSocketAddress address) throws IOException {
        server = HttpServer.create(address, 128);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Endpoints 127.0.0.1, 127.0.0.2 and so on, all at one port, as the tasks of one service are. */
    static List<LiveEndpoint> tasks(int count) throws IOException {
        for (int attempt = 0; attempt < BIND_ATTEMPTS; attempt++) {
            List<LiveEndpoint> tasks = new ArrayList<>();
            try {
                tasks.add(new LiveEndpoint(at(1, 0)));
                int port = tasks.get(0).address().getPort();
                for (int i = 2; i <= count; i++) {
                    tasks.add(new LiveEndpoint(at(i, port)));
                }
                return tasks;
            } catch (BindException taken) {
                tasks.forEach(LiveEndpoint::close);
            }
        }
        throw new IOException("no port is free on all addresses");
    }

    /** All of 127.0.0.0/8 is the loopback on Linux. */
    private static InetSocketAddress at(int last, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last}), port);
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    String host() {
        return address().getAddress().getHostAddress();
    }

    int port() {
        return address().getPort();
    }

    /** What its answers say, and what the router's metrics call it. */
    String name() {
        return host() + ":" + port();
    }

    /** Whether a request to {@code /slow} has come here. */
    boolean isSlow() {
        return slowBegan.getCount() == 0;
    }

    /** Lets the requests to {@code /slow} be answered. */
    void finishSlow() {
        slowMayEnd.countDown();
    }

    /** Takes connections and requests from now on, and answers nothing. */
    void fallSilent() {
        answers = new CountDownLatch(1);
    }

    /** Takes back {@link #fallSilent}; what was asked meanwhile is answered too. */
    void answerAgain() {
        answers.countDown();
    }

    private void answer(HttpExchange exchange) throws IOException {
        await(answers);
        if (exchange.getRequestURI().getPath().equals("/slow")) {
            slowBegan.countDown();
            await(slowMayEnd);
        }
        byte[] body = name().getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** Dies: whatever is in flight is cut. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
