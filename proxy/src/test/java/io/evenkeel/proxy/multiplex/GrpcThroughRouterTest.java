package io.evenkeel.proxy.multiplex;

import static io.evenkeel.proxy.multiplex.FramePeer.HEADERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.EndpointSourceConfig.StaticSource;
import io.evenkeel.config.HostPort;
import io.evenkeel.proxy.multiplex.FramePeer.Frame;
import io.evenkeel.proxy.testing.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What of gRPC the router itself has a hand in. */
@Timeout(60)
class GrpcThroughRouterTest extends Http2UpstreamFixture {

    private static final String CALL = "POST /a.B/C HTTP/1.1\r\nHost: a\r\nTE: trailers\r\nConnection: TE\r\n"
            + "Content-Type: application/grpc\r\nContent-Length: 5\r\n";
    private static final String BODY = "\r\n\0\0\0\0\0";

    @Test
    void aCallThatFindsNoEndpointIsAnsweredUnavailable() throws IOException {
        HostPort nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = new HostPort("127.0.0.1", free.getLocalPort());
        }
        restart("endpoints", List.of(new StaticSource(List.of(nobody))));
        try (RawClient client = client()) {
            String answer = client.exchange(CALL + BODY).toString();

            assertThat(answer)
                    .contains("200 OK")
                    .contains("Content-Type: application/grpc")
                    .contains("grpc-status: 14")
                    .contains("grpc-message: request id: ");
        }
    }

    /** The client's deadline, where it is sooner than the route's; the endpoint is told as well. */
    @Test
    void theClientsDeadlineIsKept() throws IOException {
        try (RawClient client = client()) {
            client.send(CALL + "grpc-timeout: 2S\r\n" + BODY);
            FramePeer peer = endpoint.settled();
            Frame head = peer.await(HEADERS);

            assertThat(peer.fields(head)).containsEntry("grpc-timeout", "2S");
            assertThat(client.read().toString()).contains("grpc-status: 4");
            assertThat(peer.await(FramePeer.RST_STREAM).number(0)).as("CANCEL").isEqualTo(8);
            assertThat(metric("evenkeel_failures_total", "reason=\"total_timeout\""))
                    .isEqualTo(1);
        }
    }

    @Test
    void aCallThatWasProcessedIsNotRepeated() throws IOException {
        try (RawClient client = client()) {
            client.send(CALL + BODY);
            FramePeer peer = endpoint.settled();
            peer.reset(peer.request(), 2);

            assertThat(client.read().toString()).contains("grpc-status: 14");
            assertThat(metric("evenkeel_retries_total")).isZero();
        }
    }

    @Test
    void whatTheEndpointSaysPassesUnchanged() throws IOException {
        try (RawClient client = client()) {
            client.send(CALL + BODY);
            FramePeer peer = endpoint.settled();
            peer.headers(
                    peer.request(), true, ":status", "200", "content-type", "application/grpc", "grpc-status", "5");

            assertThat(client.read().toString()).contains("grpc-status: 5");
        }
    }

    /** Each is the endpoint's to judge: the connection and the others on it have nothing to do with it. */
    @Test
    void anEndpointMayBeUnavailableForManyCallsOnOneConnection() throws IOException {
        try (RawClient client = client()) {
            client.send(CALL + BODY);
            FramePeer peer = endpoint.settled();
            refuse(client, peer);
            for (int i = 1; i < 20; i++) {
                client.send(CALL + BODY);
                refuse(client, peer);
            }

            assertThat(metric("evenkeel_connections_total", "side=\"upstream\""))
                    .isEqualTo(1);
        }
    }

    private static void refuse(RawClient client, FramePeer peer) throws IOException {
        int stream = peer.request();
        peer.headers(stream, false, ":status", "200", "content-type", "application/grpc")
                .headers(stream, true, "grpc-status", "14");
        assertThat(client.read().body().trailers().toString()).contains("grpc-status: 14");
    }
}
