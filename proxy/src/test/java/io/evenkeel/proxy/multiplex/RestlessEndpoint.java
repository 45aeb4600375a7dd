package io.evenkeel.proxy.multiplex;

import io.evenkeel.proxy.multiplex.FramePeer.Frame;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers each request with its own body, and after some of them says GOAWAY, without a look at what came behind the last. Each connection has a thread.
 */
final class RestlessEndpoint implements AutoCloseable {

    /** Requests that a connection takes. */
    private static final int PATIENCE = 20;

    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger goAways = new AtomicInteger();
    private final List<String> processed = new CopyOnWriteArrayList<>();

    private RestlessEndpoint(ServerSocket socket) {
        this.socket = socket;
    }

    static RestlessEndpoint start() throws IOException {
        RestlessEndpoint endpoint = new RestlessEndpoint(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()));
        endpoint.threads.execute(endpoint::accept);
        return endpoint;
    }

    private void accept() {
        try {
            while (true) {
                FramePeer peer = new FramePeer(socket.accept());
                threads.execute(() -> serve(peer));
            }
        } catch (IOException closed) {
            threads.shutdown();
        }
    }

    private void serve(FramePeer peer) {
        try {
            peer.preface();
            peer.settings();
            talk(peer);
            peer.close();
        } catch (EOFException | SocketException gone) {
            // the router has closed the connection, as it should after GOAWAY
        } catch (IOException e) {
            processed.add("failed: " + e);
        }
    }

    /** Until the router closes; what comes behind the last stream is read and not looked at. */
    private void talk(FramePeer peer) throws IOException {
        Map<Integer, StringBuilder> bodies = new HashMap<>();
        int last = Integer.MAX_VALUE;
        int answered = 0;
        while (true) {
            Frame frame = peer.read();
            if (frame.type() == FramePeer.HEADERS) {
                peer.fields(frame);
            } else if (frame.type() == FramePeer.DATA && frame.stream() <= last) {
                StringBuilder body = bodies.computeIfAbsent(frame.stream(), stream -> new StringBuilder());
                body.append(frame.text());
                if (frame.ends()) {
                    processed.add(body.toString());
                    if (++answered == PATIENCE) {
                        last = frame.stream();
                        goAways.incrementAndGet();
                        peer.goAway(last, 0);
                    }
                    peer.answer(frame.stream(), body.toString());
                }
            }
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    int goAways() {
        return goAways.get();
    }

    /** The bodies of the requests that were looked at, each as often as it was. */
    List<String> processed() {
        return processed;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
