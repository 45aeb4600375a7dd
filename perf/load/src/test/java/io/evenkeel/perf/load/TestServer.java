package io.evenkeel.perf.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A server on a free port, one thread per connection. */
final class TestServer implements AutoCloseable {

    /** What to do with a request. */
    private interface Behaviour {
        /** The status to answer with, or an empty string to close. */
        String answer(int request);
    }

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger requests = new AtomicInteger();
    private final Behaviour behaviour;

    private TestServer(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        daemon(this::accept);
    }

    static TestServer answering(String status) throws IOException {
        return new TestServer(request -> status);
    }

    static TestServer stallingFirst(long nanos) throws IOException {
        return new TestServer(request -> {
            for (long end = System.nanoTime() + nanos; request == 1 && System.nanoTime() < end; ) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
            return "200 OK";
        });
    }

    static TestServer closing() throws IOException {
        return new TestServer(request -> "");
    }

    InetSocketAddress address() {
        return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
    }

    int requests() {
        return requests.get();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "test-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                daemon(() -> serve(connection));
            }
        } catch (IOException closed) {
            return;
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            BufferedReader in = new BufferedReader(new InputStreamReader(connection.getInputStream(), US_ASCII));
            OutputStream out = connection.getOutputStream();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.isEmpty()) {
                    String status = behaviour.answer(requests.incrementAndGet());
                    if (status.isEmpty()) {
                        return;
                    }
                    out.write(("HTTP/1.1 " + status + "\r\nContent-Length: 5\r\n\r\nhello").getBytes(US_ASCII));
                }
            }
        } catch (IOException gone) {
            return;
        }
    }
}
