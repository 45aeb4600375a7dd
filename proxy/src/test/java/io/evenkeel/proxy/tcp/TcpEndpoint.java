package io.evenkeel.proxy.tcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An endpoint whose connections a test serves itself. */
final class TcpEndpoint implements AutoCloseable {

    private final ServerSocket server;
    private final BlockingQueue<Socket> accepted = new LinkedBlockingQueue<>();

    private TcpEndpoint(ServerSocket server) {
        this.server = server;
    }

    static TcpEndpoint start() throws IOException {
        return start(0);
    }

    /** @param receiveBufferBytes of its connections; 0: the system's default */
    static TcpEndpoint start(int receiveBufferBytes) throws IOException {
        ServerSocket socket = new ServerSocket();
        if (receiveBufferBytes > 0) {
            socket.setReceiveBufferSize(receiveBufferBytes);
        }
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
        TcpEndpoint endpoint = new TcpEndpoint(socket);
        Thread thread = new Thread(endpoint::accept, "tcp-endpoint");
        thread.setDaemon(true);
        thread.start();
        return endpoint;
    }

    /** An address where nobody listens. */
    static TcpEndpoint dead() throws IOException {
        TcpEndpoint endpoint = start();
        endpoint.close();
        return endpoint;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(TcpFixture.PATIENCE_MILLIS);
                accepted.add(socket);
            }
        } catch (IOException closed) {
            accepted.forEach(TcpEndpoint::close);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next connection. */
    Socket take() throws InterruptedException {
        Socket next = accepted.poll(TcpFixture.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        if (next == null) {
            throw new AssertionError("no connection came");
        }
        return next;
    }

    /** Connections that came and were not taken. */
    int waiting() {
        return accepted.size();
    }

    /** As metrics have it. */
    String name() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
