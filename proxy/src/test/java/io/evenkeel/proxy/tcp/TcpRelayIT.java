package io.evenkeel.proxy.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import org.junit.jupiter.api.Test;

/** What passes through a TCP listener, and how connections end. */
class TcpRelayIT {

    @Test
    void bytesPassBothWaysAsTheyAre() throws Exception {
        try (TcpEndpoint endpoint = TcpEndpoint.start();
                TcpFixture router = TcpFixture.start(TcpFixture.passThrough("", endpoint));
                Socket client = router.client();
                Socket server = endpoint.take()) {
            Bytes.send(client, "PRI * HTTP/2.0\r\n\0\377");
            assertThat(Bytes.read(server, 18)).isEqualTo("PRI * HTTP/2.0\r\n\0\377");
            Bytes.send(server, "answer");
            assertThat(Bytes.read(client, 6)).isEqualTo("answer");
            router.awaitMetric(bytes -> bytes == 18, "evenkeel_tcp_received_bytes_total", "upstream=\"u\"");
            router.awaitMetric(bytes -> bytes == 6, "evenkeel_tcp_sent_bytes_total", "upstream=\"u\"");
        }
    }

    @Test
    void theEndpointMaySpeakFirst() throws Exception {
        try (TcpEndpoint endpoint = TcpEndpoint.start();
                TcpFixture router = TcpFixture.start(TcpFixture.passThrough("", endpoint));
                Socket client = router.client();
                Socket server = endpoint.take()) {
            Bytes.send(server, "220 ready");
            assertThat(Bytes.read(client, 9)).isEqualTo("220 ready");
        }
    }

    @Test
    void aClientThatSendsNoMoreStillReceives() throws Exception {
        try (TcpEndpoint endpoint = TcpEndpoint.start();
                TcpFixture router = TcpFixture.start(TcpFixture.passThrough("", endpoint));
                Socket client = router.client();
                Socket server = endpoint.take()) {
            Bytes.send(client, "all I have");
            client.shutdownOutput();
            assertThat(Bytes.readAll(server)).isEqualTo("all I have");
            for (int i = 0; i < 3; i++) {
                Bytes.send(server, "part " + i);
                assertThat(Bytes.read(client, 6)).isEqualTo("part " + i);
            }
            server.shutdownOutput();
            assertThat(Bytes.readAll(client)).isEmpty();
            router.assertAtRest();
            assertThat(router.metric("evenkeel_failures_total")).isZero();
        }
    }

    @Test
    void anEndpointThatSendsNoMoreStillReceives() throws Exception {
        try (TcpEndpoint endpoint = TcpEndpoint.start();
                TcpFixture router = TcpFixture.start(TcpFixture.passThrough("", endpoint));
                Socket client = router.client();
                Socket server = endpoint.take()) {
            server.shutdownOutput();
            assertThat(Bytes.readAll(client)).isEmpty();
            Bytes.send(client, "more");
            assertThat(Bytes.read(server, 4)).isEqualTo("more");
            client.shutdownOutput();
            assertThat(Bytes.readAll(server)).isEmpty();
            router.assertAtRest();
            assertThat(router.metric("evenkeel_failures_total")).isZero();
        }
    }

    @Test
    void aClientsResetIsPassedOn() throws Exception {
        try (TcpEndpoint endpoint = TcpEndpoint.start();
                TcpFixture router = TcpFixture.start(TcpFixture.passThrough("", endpoint));
                Socket client = router.client();
                Socket server = endpoint.take()) {
            Bytes.send(client, "x");
            assertThat(Bytes.read(server, 1)).isEqualTo("x"); // or the router might not have gone there yet
            Bytes.reset(client);
            assertThat(Bytes.isReset(server)).isTrue();
            router.awaitFailures(1, "client_aborted");
        }
    }

    @Test
    void anEndpointsResetIsPassedOn() throws Exception {
        try (TcpEndpoint endpoint = TcpEndpoint.start();
                TcpFixture router = TcpFixture.start(TcpFixture.passThrough("", endpoint));
                Socket client = router.client();
                Socket server = endpoint.take()) {
            Bytes.send(server, "x");
            assertThat(Bytes.read(client, 1))
                    .isEqualTo("x"); // or the router could not tell it from a connect that failed
            Bytes.reset(server);
            assertThat(Bytes.isReset(client)).isTrue();
            router.awaitFailures(1, "upstream_reset");
        }
    }

    @Test
    void aResetAfterOneSideHasEndedIsPassedOn() throws Exception {
        try (TcpEndpoint endpoint = TcpEndpoint.start();
                TcpFixture router = TcpFixture.start(TcpFixture.passThrough("", endpoint));
                Socket client = router.client();
                Socket server = endpoint.take()) {
            client.shutdownOutput();
            assertThat(Bytes.readAll(server)).isEmpty();
            Bytes.reset(server);
            assertThat(Bytes.isReset(client)).isTrue();
        }
    }
}
