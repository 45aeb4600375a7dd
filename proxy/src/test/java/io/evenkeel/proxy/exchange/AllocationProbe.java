package io.evenkeel.proxy.exchange;

import com.sun.management.ThreadMXBean;
import io.evenkeel.config.ConfigFile;
import io.evenkeel.config.RouterConfig;
import io.evenkeel.proxy.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A router with one event loop between an endpoint and a client that sends one request after the other, as a program: prints how many bytes of
 * heap the event loop allocated per request once it was warm. Its arguments are the transport and how few bytes are enough.
 */
final class AllocationProbe {

    /** What precedes the figure. */
    static final String RESULT = "bytes per request: ";

    private static final int WARM_UP = 20_000;
    private static final int REQUESTS = 20_000;
    private static final int ROUNDS = 5;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final byte[] REQUEST = octets("GET /api/check?x=1 HTTP/1.1\r\nHost: example.org\r\n"
            + "User-Agent: probe\r\nAccept: */*\r\nCookie: a=b\r\n\r\n");

    private static final byte[] RESPONSE = octets("HTTP/1.1 200 OK\r\nDate: Sat, 21 Nov 2026 00:00:00 GMT\r\n"
            + "Content-Type: text/plain\r\nContent-Length: 2\r\nServer: x\r\n\r\nok");

    private AllocationProbe() {}

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Runs it. */
    public static void main(String[] arguments) throws IOException {
        try (ServerSocket endpoint = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> serve(endpoint), "endpoint");
            thread.setDaemon(true);
            thread.start();
            try (Router router = Router.start(config(endpoint.getLocalPort(), arguments[0]));
                    Socket client = connect(router.address("web"))) {
                exchange(client, WARM_UP);
                System.out.println(RESULT + leastOfRounds(client, Double.parseDouble(arguments[1])));
            }
        }
    }

    /** Escape analysis comes with the last compilation, and nobody tells when that is done: rounds follow one another until one is good enough. */
    private static double leastOfRounds(Socket client, double enough) throws IOException {
        double least = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least >= enough; round++) {
            long before = allocated();
            exchange(client, REQUESTS);
            least = Math.min(least, (double) (allocated() - before) / REQUESTS);
        }
        return least;
    }

    private static RouterConfig config(int port, String transport) {
        String text =
                """
                runtime: { event-loops: 1, transport: %s }
                admin: { address: 127.0.0.1:0 }
                listeners: [{ name: web, address: 127.0.0.1:0 }]
                routes: [{ match: { path-prefix: / }, upstream: u, rate-limit: { requests: 10000000, key: { cookie: a } } }]
                upstreams:
                  - name: u
                    endpoints: [{ static: [127.0.0.1:%d] }]
                    balancer: { stick-table: { event: e, key: { path-group: ['^/api/(\\w+)$'] } } }
                """;
        return ConfigFile.parse("probe", text.formatted(transport, port), name -> null)
                .orThrow();
    }

    private static Socket connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static void serve(ServerSocket endpoint) {
        try (Socket socket = endpoint.accept()) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            byte[] buffer = new byte[8192];
            // a request is small and comes in one piece, because the client waits for each response
            while (in.read(buffer) > 0) {
                out.write(RESPONSE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void exchange(Socket client, int times) throws IOException {
        byte[] buffer = new byte[RESPONSE.length];
        for (int i = 0; i < times; i++) {
            client.getOutputStream().write(REQUEST);
            int read = client.getInputStream().readNBytes(buffer, 0, buffer.length);
            if (read != buffer.length || buffer[buffer.length - 1] != 'k') {
                throw new IOException(
                        "not the response of the endpoint: " + new String(buffer, StandardCharsets.US_ASCII));
            }
        }
    }

    private static long allocated() {
        long bytes = 0;
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("evenkeel-loop")) {
                bytes += THREADS.getThreadAllocatedBytes(thread.getId());
            }
        }
        return bytes;
    }
}
