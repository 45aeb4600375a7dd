package io.evenkeel.proxy.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import org.junit.jupiter.api.Test;

/** What passes through a TCP listener, and how connections end. */
class TcpRelayIT {

    @Test
    void bytesPassBothWaysAsTheyAre() throws Exception {
        try (Joined relay = Joined.start()) {
            Bytes.send(relay.client, "PRI * HTTP/2.0\r\n\0\377");
            assertThat(Bytes.read(relay.server, 18)).isEqualTo("PRI * HTTP/2.0\r\n\0\377");
            Bytes.send(relay.server, "answer");
            assertThat(Bytes.read(relay.client, 6)).isEqualTo("answer");
            relay.router.awaitMetric(bytes -> bytes == 18, "evenkeel_tcp_received_bytes_total", "upstream=\"u\"");
            relay.router.awaitMetric(bytes -> bytes == 6, "evenkeel_tcp_sent_bytes_total", "upstream=\"u\"");
        }
    }

    @Test
    void theEndpointMaySpeakFirst() throws Exception {
        try (Joined relay = Joined.start()) {
            Bytes.send(relay.server, "220 ready");
            assertThat(Bytes.read(relay.client, 9)).isEqualTo("220 ready");
        }
    }

    @Test
    void aClientThatSendsNoMoreStillReceives() throws Exception {
        try (Joined relay = Joined.start()) {
            Bytes.send(relay.client, "all I have");
            relay.client.shutdownOutput();
            assertThat(Bytes.readAll(relay.server)).isEqualTo("all I have");
            for (int i = 0; i < 3; i++) {
                Bytes.send(relay.server, "part " + i);
                assertThat(Bytes.read(relay.client, 6)).isEqualTo("part " + i);
            }
            relay.server.shutdownOutput();
            assertThat(Bytes.readAll(relay.client)).isEmpty();
            relay.router.assertAtRest();
            assertThat(relay.router.metric("evenkeel_failures_total")).isZero();
        }
    }

    @Test
    void anEndpointThatSendsNoMoreStillReceives() throws Exception {
        try (Joined relay = Joined.start()) {
            relay.server.shutdownOutput();
            assertThat(Bytes.readAll(relay.client)).isEmpty();
            Bytes.send(relay.client, "more");
            assertThat(Bytes.read(relay.server, 4)).isEqualTo("more");
            relay.client.shutdownOutput();
            assertThat(Bytes.readAll(relay.server)).isEmpty();
            relay.router.assertAtRest();
            assertThat(relay.router.metric("evenkeel_failures_total")).isZero();
        }
    }

    @Test
    void aClientsResetIsPassedOn() throws Exception {
        try (Joined relay = Joined.start()) {
            relay.exchange(); // or the router might not have gone to the endpoint yet
            Bytes.reset(relay.client);
            assertThat(Bytes.isReset(relay.server)).isTrue();
            relay.router.awaitFailures(1, "client_aborted");
        }
    }

    @Test
    void anEndpointsResetIsPassedOn() throws Exception {
        try (Joined relay = Joined.start()) {
            Bytes.send(relay.server, "x");
            assertThat(Bytes.read(relay.client, 1))
                    .isEqualTo("x"); // or the router could not tell it from a connect that failed
            Bytes.reset(relay.server);
            assertThat(Bytes.isReset(relay.client)).isTrue();
            relay.router.awaitFailures(1, "upstream_reset");
        }
    }

    /** As Cassandra does; and a probe that only connects and closes must get nobody ejected. */
    @Test
    void anEndpointsResetAfterTheClientHasEndedIsPassedOnAndNoFailure() throws Exception {
        try (TcpEndpoint endpoint = TcpEndpoint.start();
                TcpFixture router = TcpFixture.start(TcpFixture.passThrough("", endpoint))) {
            for (int i = 0; i < 10; i++) {
                try (Socket client = router.client();
                        Socket server = endpoint.take()) {
                    client.shutdownOutput();
                    assertThat(Bytes.readAll(server)).isEmpty();
                    Bytes.reset(server);
                    assertThat(Bytes.isReset(client)).isTrue();
                }
            }
            router.assertAtRest();
            assertThat(router.metric("evenkeel_failures_total")).isZero();
            assertThat(router.metric("evenkeel_ejections_total")).isZero();
        }
    }

    @Test
    void aClientsResetAfterTheEndpointHasEndedIsPassedOnAndNoFailure() throws Exception {
        try (Joined relay = Joined.start()) {
            relay.server.shutdownOutput();
            assertThat(Bytes.readAll(relay.client)).isEmpty();
            Bytes.reset(relay.client);
            assertThat(Bytes.isReset(relay.server)).isTrue();
            relay.router.assertAtRest();
            assertThat(relay.router.metric("evenkeel_failures_total")).isZero();
        }
    }
}
