package io.evenkeel.proxy.tcp;

import java.io.IOException;
import java.net.Socket;
import java.util.function.Function;

/** A client's connection through a router to an endpoint, with both ends in the hands of a test. */
final class Joined implements AutoCloseable {

    final TcpEndpoint endpoint = TcpEndpoint.start();
    final TcpFixture router;
    final Socket client;
    final Socket server;

    private Joined(Function<TcpEndpoint, TcpFixture> start, int receiveBufferBytes) throws Exception {
        router = start.apply(endpoint);
        client = router.connect("raw", receiveBufferBytes);
        server = endpoint.take();
    }

    static Joined start() throws Exception {
        return start("");
    }

    /** @param more keys of the upstream */
    static Joined start(String more) throws Exception {
        return by(endpoint -> TcpFixture.passThrough(more, endpoint));
    }

    /** @param yaml with a listener {@code raw} in front of the endpoint */
    static Joined by(Function<TcpEndpoint, String> yaml) throws Exception {
        return new Joined(endpoint -> TcpFixture.start(yaml.apply(endpoint)), 0);
    }

    /**
     * @param transport as the configuration calls it
     * @param receiveBufferBytes of the client's socket; 0: the system's default
     */
    static Joined on(String transport, int receiveBufferBytes) throws Exception {
        return new Joined(
                endpoint -> TcpFixture.on(transport, TcpFixture.passThrough("", endpoint)), receiveBufferBytes);
    }

    /** Sends something each way. */
    void exchange() throws IOException {
        Bytes.exchange(client, server);
    }

    @Override
    public void close() throws IOException {
        try (endpoint;
                router;
                client;
                server) {
            // in the opposite order: the router is at rest once both ends are closed
        }
    }
}
