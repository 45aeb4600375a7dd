package io.evenkeel.proxy.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.RawClient;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of TCP connections while endpoints, settings and the router itself come and go. */
class TcpLifecycleIT {

    @Test
    void whereAnEndpointTakesNoConnectionAnotherIsTried() throws Exception {
        try (TcpEndpoint dead = TcpEndpoint.dead();
                TcpEndpoint alive = TcpEndpoint.start();
                TcpFixture router = TcpFixture.start(TcpFixture.passThrough("", dead, alive))) {
            for (int i = 0; i < 4; i++) {
                try (Socket client = router.client();
                        Socket server = alive.take()) {
                    Bytes.exchange(client, server);
                }
            }
            router.assertAtRest();
            assertThat(router.metric("evenkeel_retries_total")).isBetween(1.0, 4.0);
            assertThat(router.metric("evenkeel_failures_total", "side=\"upstream\""))
                    .isZero();
        }
    }

    @Test
    void whereNoEndpointTakesAConnectionTheClientIsClosed() throws Exception {
        try (TcpEndpoint dead = TcpEndpoint.dead();
                TcpEndpoint too = TcpEndpoint.dead();
                TcpFixture router = TcpFixture.start(TcpFixture.passThrough(", max-attempts: 3", dead, too));
                Socket client = router.client()) {
            assertThat(Bytes.readAll(client)).isEmpty();
            router.awaitFailures(1, "connect_failed");
            assertThat(router.metric("evenkeel_endpoint_requests_total")).isEqualTo(3);
        }
    }

    @Test
    void connectionsGoWhereTheFewestAre() throws Exception {
        try (TcpEndpoint one = TcpEndpoint.start();
                TcpEndpoint other = TcpEndpoint.start();
                TcpFixture router = TcpFixture.start(TcpFixture.passThrough("", one, other))) {
            List<Socket> clients = new ArrayList<>();
            for (int i = 1; i <= 6; i++) {
                clients.add(router.client());
                int count = i;
                router.awaitMetric(inFlight -> inFlight == count, "evenkeel_inflight");
            }
            assertThat(router.metric("evenkeel_inflight", one.name())).isEqualTo(3);
            assertThat(router.metric("evenkeel_inflight", other.name())).isEqualTo(3);
            for (Socket client : clients) {
                Bytes.reset(client);
            }
        }
    }

    @Test
    void anEndpointTakesNoMoreThanItsMostConnections() throws Exception {
        try (Joined relay = Joined.start(", pool: { max-connections: 1 }")) {
            relay.exchange();
            try (Socket tooMany = relay.router.client()) {
                assertThat(Bytes.readAll(tooMany)).isEmpty();
            }
            relay.router.awaitFailures(1, "endpoints_full");
            relay.exchange();
        }
    }

    @Test
    void whoDrainsKeepsItsConnectionsUntilTheDeadline() throws Exception {
        try (Joined relay = Joined.start(", drain: { deadline: 500ms }")) {
            relay.exchange();
            try (RawClient admin = RawClient.connect(relay.router.router().adminAddress())) {
                admin.send("POST /drain?endpoint=" + relay.endpoint.name()
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                assertThat(admin.read().status()).isEqualTo(200);
            }
            relay.exchange();
            assertThat(Bytes.isReset(relay.client)).isTrue();
            assertThat(Bytes.isReset(relay.server)).isTrue();
            relay.router.awaitFailures(1, "drained");
        }
    }

    @Test
    void aReloadLeavesConnectionsAlone() throws Exception {
        try (TcpEndpoint before = TcpEndpoint.start();
                TcpEndpoint after = TcpEndpoint.start();
                TcpFixture router = TcpFixture.start(TcpFixture.passThrough("", before));
                Socket client = router.client();
                Socket server = before.take()) {
            Bytes.exchange(client, server);
            router.apply(TcpFixture.passThrough("", after));
            Bytes.exchange(client, server);
            try (Socket another = router.client();
                    Socket next = after.take()) {
                Bytes.exchange(another, next);
                Bytes.exchange(client, server);
            }
            client.shutdownOutput();
            assertThat(Bytes.readAll(server)).isEmpty();
        }
    }

    @Test
    void aReloadMayChangeTheProtocol() throws Exception {
        try (Joined relay = Joined.start()) {
            relay.exchange();
            relay.router.apply("listeners: [{ name: raw, address: 127.0.0.1:0 }]\n"
                    + TcpFixture.upstream("u", "", relay.endpoint));
            try (Socket http = relay.router.client()) {
                Bytes.send(http, "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
                assertThat(Bytes.readAll(http)).startsWith("HTTP/1.1 404 ");
            }
            relay.exchange();
        }
    }

    @Test
    void silenceEndsAConnection() throws Exception {
        try (Joined relay = Joined.by(endpoint -> "listeners: [{ name: raw, address: 127.0.0.1:0, protocol: tcp,"
                + " tcp: { upstream: u, idle-timeout: 200ms } }]\n"
                + TcpFixture.upstream("u", "", endpoint))) {
            assertThat(Bytes.isReset(relay.client)).isTrue();
            assertThat(Bytes.isReset(relay.server)).isTrue();
            relay.router.awaitFailures(1, "tunnel_idle");
        }
    }

    @Test
    void aClientOverTheLimitIsClosed() throws Exception {
        try (Joined relay = Joined.by(endpoint -> "listeners: [{ name: raw, address: 127.0.0.1:0, protocol: tcp,"
                + " tcp: { upstream: u }, limits: { max-connections-per-client: 1 } }]\n"
                + TcpFixture.upstream("u", "", endpoint))) {
            relay.exchange();
            try (Socket tooMany = relay.router.client()) {
                assertThat(Bytes.readAll(tooMany)).isEmpty();
            }
            relay.router.awaitFailures(1, "connection_limit");
            relay.exchange();
        }
    }

    @Test
    void aShutdownWaitsForConnectionsThatEnd() throws Exception {
        try (Joined relay =
                Joined.by(endpoint -> "shutdown: { deadline: 60s }\n" + TcpFixture.passThrough("", endpoint))) {
            relay.exchange();
            CompletableFuture<Void> down = relay.router.shutDown();
            relay.exchange();
            assertThat(down).isNotDone();
            relay.client.shutdownOutput();
            assertThat(Bytes.readAll(relay.server)).isEmpty();
            relay.server.shutdownOutput();
            assertThat(Bytes.readAll(relay.client)).isEmpty();
            down.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void aShutdownsDeadlineEndsWhatIsLeft() throws Exception {
        try (Joined relay =
                Joined.by(endpoint -> "shutdown: { deadline: 200ms }\n" + TcpFixture.passThrough("", endpoint))) {
            relay.exchange();
            CompletableFuture<Void> down = relay.router.shutDown();
            assertThat(Bytes.isReset(relay.client)).isTrue();
            assertThat(Bytes.isReset(relay.server)).isTrue();
            down.get(20, TimeUnit.SECONDS);
        }
    }
}
