package io.evenkeel.proxy.live;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Accepts connections and answers nothing; once it has vanished it accepts none either, because its backlog is full, and refuses none.
 *
 * <p><b>Threading.</b> A thread of its own accepts; the rest is the test's.
 */
final class VanishingEndpoint implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int FILLERS = 16;
    private static final int FILLED_MILLIS = 100;

    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Thread acceptor = new Thread(this::accept, "vanishing");

    /** Set by the test, read by the accepting thread. */
    private volatile boolean vanished;

    VanishingEndpoint() throws IOException {
        server.setSoTimeout(10);
        acceptor.start();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /** Waits until a client's request is here; checks of a bare connection send nothing. */
    void awaitRequest() {
        await().atMost(PATIENCE).until(() -> {
            for (Socket socket : sockets) {
                byte[] seen = new byte[socket.getInputStream().available()];
                if (seen.length > 0 && socket.getInputStream().read(seen) > 0) {
                    return new String(seen, StandardCharsets.ISO_8859_1).startsWith("GET / ");
                }
            }
            return false;
        });
    }

    /** Says nothing any more, not even that it is gone. */
    void vanish() throws IOException {
        vanished = true;
        try {
            acceptor.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
        for (int i = 0; i < FILLERS; i++) {
            Socket filler = new Socket();
            sockets.add(filler);
            try {
                filler.connect(address(), FILLED_MILLIS);
            } catch (SocketTimeoutException e) {
                return; // full
            }
        }
        throw new IllegalStateException("the backlog takes more than " + FILLERS);
    }

    private void accept() {
        while (!vanished) {
            try {
                sockets.add(server.accept());
            } catch (SocketTimeoutException e) {
                // nobody came
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    @Override
    public void close() throws IOException {
        vanished = true;
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
