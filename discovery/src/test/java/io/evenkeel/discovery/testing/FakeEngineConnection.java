package io.evenkeel.discovery.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection to a {@link FakeEngine}: HTTP/1.1 as far as GET needs it. Owns a daemon thread. */
final class FakeEngineConnection {

    private final FakeEngine engine;
    private final FakeEngineSocket.Wire wire;
    private final Consumer<FakeEngineConnection> onEnd;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Set once the connection is a stream of events; its thread writes, everybody reads. */
    private volatile boolean streams;

    FakeEngineConnection(FakeEngine engine, FakeEngineSocket.Wire wire, Consumer<FakeEngineConnection> onEnd) {
        this.engine = engine;
        this.wire = wire;
        this.onEnd = onEnd;
    }

    void start() {
        Thread thread = new Thread(this::serve, "fake-engine-connection");
        thread.setDaemon(true);
        thread.start();
    }

    boolean streams() {
        return streams;
    }

    /** An event, in a chunk of its own; nothing on other connections. */
    void send(String event) {
        if (streams) {
            try {
                String chunk = event + "\n";
                write(Integer.toHexString(chunk.length()) + "\r\n" + chunk + "\r\n");
            } catch (IOException e) {
                close();
            }
        }
    }

    void close() {
        closed.countDown();
        try {
            wire.socket().close();
        } catch (IOException e) {
            // it is as good as closed
        }
    }

    private void serve() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(wire.in(), StandardCharsets.US_ASCII))) {
            for (String target = target(in); target != null; target = target(in)) {
                engine.wasAsked(target);
                answer(target);
            }
        } catch (IOException | InterruptedException e) {
            // the other side left, or the test is over
        } finally {
            onEnd.accept(this);
            close();
        }
    }

    private static @Nullable String target(BufferedReader in) throws IOException {
        String line = in.readLine();
        if (line == null) {
            return null;
        }
        for (String field = in.readLine(); field != null && !field.isEmpty(); field = in.readLine()) {
            // fields of a GET say nothing that matters here
        }
        return line.split(" ", -1)[1];
    }

    private void answer(String target) throws IOException, InterruptedException {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String what = path.replaceFirst("^(/v1\\.\\d+)?/", "");
        if (engine.forbidden(what)) {
            text("403 Forbidden", "text/html", "<html><body><h1>403 Forbidden</h1></body></html>");
            return;
        }
        switch (engine.mood()) {
            case WELL -> well(what, mark < 0 ? "" : target.substring(mark));
            case NO_LEADER -> json("500 Internal Server Error", message("The swarm does not have a leader."));
            case NOT_A_MANAGER -> json("503 Service Unavailable", message("This node is not a swarm manager."));
            case STALLED -> closed.await();
            case CUT_OFF -> {
                write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n[{\"ID\":");
                close();
            }
            case BABBLING -> json("200 OK", "<html>I am something else</html>");
        }
    }

    private void well(String what, String query) throws IOException {
        if (what.equals("events")) {
            write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
            streams = true;
            return;
        }
        String body = engine.body(what, query);
        if (body == null) {
            json("404 Not Found", message("page not found"));
        } else {
            json("200 OK", body);
        }
    }

    private static String message(String text) {
        return "{\"message\":\"" + text + "\"}";
    }

    private void json(String status, String body) throws IOException {
        text(status, "application/json", body);
    }

    private void text(String status, String type, String body) throws IOException {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        write("HTTP/1.1 " + status + "\r\nApi-Version: 1.41\r\nContent-Type: " + type + "\r\nContent-Length: " + length
                + "\r\n\r\n" + body);
    }

    private synchronized void write(String text) throws IOException {
        wire.out().write(text.getBytes(StandardCharsets.UTF_8));
        wire.out().flush();
    }
}
