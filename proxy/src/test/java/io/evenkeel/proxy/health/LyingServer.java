package io.evenkeel.proxy.health;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** A server on the loopback that reads a request's head, or so many octets, and then does as it is told, once for each connection. */
final class LyingServer implements AutoCloseable {

    private final ServerSocket socket;
    private final int octets;
    private final Behaviour behaviour;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    /** The heads of the requests that came. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    /** What is done with a connection after the request; when it returns, the connection is closed in order. */
    interface Behaviour {
        void answer(OutputStream out) throws IOException, InterruptedException;
    }

    /** @param octets how many make a request; 0: as many as its head has */
    private LyingServer(ServerSocket socket, int octets, Behaviour behaviour) {
        this.socket = socket;
        this.octets = octets;
        this.behaviour = behaviour;
        Thread acceptor = new Thread(this::accept, "lying-server");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    static LyingServer start(Behaviour behaviour) {
        return after(0, behaviour);
    }

    /** Reads so many octets before it does anything. */
    static LyingServer after(int octets, Behaviour behaviour) {
        try {
            return new LyingServer(new ServerSocket(0, 16, InetAddress.getLoopbackAddress()), octets, behaviour);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LyingServer overTls(SSLContext tls, Behaviour behaviour) {
        return overTls(tls, 0, behaviour);
    }

    static LyingServer overTls(SSLContext tls, int octets, Behaviour behaviour) {
        try {
            return new LyingServer(
                    tls.getServerSocketFactory().createServerSocket(0, 16, InetAddress.getLoopbackAddress()),
                    octets,
                    behaviour);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers with these octets and closes. */
    static LyingServer saying(String answer) {
        return start(out -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1)));
    }

    InetSocketAddress address() {
        return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
    }

    /** How many connections it has not closed, nor has seen closed. */
    int open() {
        return open.size();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket accepted = socket.accept();
                open.add(accepted);
                Thread thread = new Thread(() -> serve(accepted), "lying-server-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            requests.add(request(connection.getInputStream()));
            behaviour.answer(connection.getOutputStream());
        } catch (IOException | InterruptedException gone) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(connection);
        }
    }

    private String request(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (octets == 0 ? head.indexOf("\r\n\r\n") < 0 : head.length() < octets) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("closed");
            }
            head.append((char) octet);
        }
        return head.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket each : open) {
                each.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
