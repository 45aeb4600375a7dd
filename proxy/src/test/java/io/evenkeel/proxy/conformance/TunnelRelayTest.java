package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Step;
import io.evenkeel.proxy.testing.Wire;
import io.evenkeel.proxy.testing.WsFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a tunnel does with bytes, with ends and with whoever does not keep up. */
@Timeout(120)
final class TunnelRelayTest {

    private static final int LENGTH = 64 << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int STALLED = 16;
    /** Per tunnel less than the marks of both write buffers and a read allow. */
    private static final double BOUND_BYTES = STALLED * 1.5 * (1 << 20);

    private static final String HANDSHAKE =
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.plain();

    private static RawClient open(RawClient client) throws IOException {
        client.send(HANDSHAKE);
        assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
        return client;
    }

    private static Step switched() {
        return Step.switchTo("websocket");
    }

    /** One frame, so that its length field is of the longest kind. */
    @Test
    void aFrameOf64MebibytesArrivesWholeBothWays() throws Exception {
        ROUTER.upstream().next(switched().then(Step.echo()));
        byte[] frame = WsFrame.fromClient(Wire.pattern(LENGTH));
        try (RawClient client = open(ROUTER.client())) {
            Thread writer = send(client, frame);
            assertThat(crc(client, frame.length)).isEqualTo(crc(frame));
            writer.join();
        }
    }

    private static Thread send(RawClient client, byte[] octets) {
        Thread writer = new Thread(() -> {
            try {
                client.send(octets);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        writer.setDaemon(true);
        writer.start();
        return writer;
    }

    private static long crc(byte[] octets) {
        CRC32 crc = new CRC32();
        crc.update(octets);
        return crc.getValue();
    }

    private static long crc(RawClient client, int length) throws IOException {
        CRC32 crc = new CRC32();
        byte[] piece = new byte[1 << 16];
        for (int left = length; left > 0; ) {
            int count = client.take(piece);
            assertThat(count).isPositive();
            crc.update(piece, 0, count);
            left -= count;
        }
        return crc.getValue();
    }

    @Test
    void messagesPassInLockStep() throws IOException {
        ROUTER.upstream().next(switched().then(Step.echo()));
        try (RawClient client = open(ROUTER.client())) {
            for (int i = 0; i < 200; i++) {
                byte[] frame = WsFrame.fromClient(Wire.octets("message " + i));
                client.send(frame);
                assertThat(client.take(frame.length)).isEqualTo(frame);
            }
        }
    }

    @Test
    void clientsThatDoNotReadHoldBoundedMemory() throws IOException {
        double before = directMemory();
        ROUTER.upstream().always(switched().then(Step.sendPattern(LENGTH)));
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < STALLED; i++) {
                clients.add(RawClient.connect(ROUTER.address(), 64 * 1024).send(HANDSHAKE));
            }
            await().atMost(PATIENCE).until(() -> ROUTER.upstream().requests().size() == STALLED);
            assertMemorySettlesBelow(before + BOUND_BYTES);
            assertThat(clients.get(0).readHead()).startsWith("HTTP/1.1 101 ");
            assertThat(crc(clients.get(0), LENGTH)).isNotZero();
        } finally {
            closeAll(clients);
        }
    }

    @Test
    void endpointsThatDoNotReadHoldBoundedMemory() throws IOException {
        double before = directMemory();
        CountDownLatch gate = new CountDownLatch(1);
        ROUTER.upstream().always(switched().then(Step.await(gate)).then(Step.reset()));
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < STALLED; i++) {
                clients.add(open(ROUTER.client()));
                sendAsFarAsItGoes(clients.get(i));
            }
            assertMemorySettlesBelow(before + BOUND_BYTES);
        } finally {
            closeAll(clients);
            gate.countDown();
        }
    }

    private static void sendAsFarAsItGoes(RawClient client) {
        Thread writer = new Thread(() -> {
            try {
                byte[] piece = Wire.pattern(1 << 16);
                for (int sent = 0; sent < LENGTH; sent += piece.length) {
                    client.send(piece);
                }
            } catch (IOException closed) {
                Thread.currentThread().interrupt();
            }
        });
        writer.setDaemon(true);
        writer.start();
    }

    private static void closeAll(List<RawClient> clients) throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
    }

    /** Waits until the transfers are stuck, which is when memory has not grown for a while, and looks at it then. */
    private static void assertMemorySettlesBelow(double bound) {
        double[] last = {-1};
        await().atMost(PATIENCE).until(() -> {
            double now = directMemory();
            assertThat(now).isLessThan(bound);
            boolean settled = now == last[0];
            last[0] = now;
            return settled;
        });
    }

    private static double directMemory() {
        return ROUTER.metrics().sum("evenkeel_direct_memory_used_bytes");
    }

    @Test
    void aClientThatSendsNoMoreStillReceives() throws IOException {
        ROUTER.upstream().next(switched().then(Step.echo()), switched().then(connection -> {
            Step.readOctets(3).play(connection);
            try {
                Step.untilClosed().play(connection);
            } catch (java.io.EOFException ended) {
                Step.send("last words").then(Step.close()).play(connection);
            }
        }));
        try (RawClient first = open(ROUTER.client());
                RawClient client = open(ROUTER.client())) {
            client.send("abc").halfClose();
            assertThat(Wire.text(client.take(10))).isEqualTo("last words");
            assertThat(client.peerCloses()).isTrue();
            first.halfClose();
            assertThat(first.peerCloses()).isTrue();
        }
    }

    @Test
    void anEndpointThatSendsNoMoreStillReceives() throws IOException {
        ROUTER.upstream()
                .next(switched()
                        .then(Step.send("bye"))
                        .then(Step.shutdownOutput())
                        .then(Step.untilClosed()));
        try (RawClient client = open(ROUTER.client())) {
            assertThat(Wire.text(client.take(3))).isEqualTo("bye");
            assertThat(client.peerCloses()).isTrue();
            client.send("still here");
            await().until(() ->
                    Wire.text(ROUTER.upstream().connections().get(0).received()).endsWith("still here"));
        }
    }

    @Test
    void anEndpointThatBreaksOffIsABreakForTheClient() throws IOException {
        double before = failures("tunnel_reset");
        CountDownLatch gate = new CountDownLatch(1);
        ROUTER.upstream().next(switched().then(Step.await(gate)).then(Step.reset()));
        try (RawClient client = open(ROUTER.client())) {
            gate.countDown();
            assertThat(client.peerResets()).isTrue();
        }
        assertThat(failures("tunnel_reset")).isEqualTo(before + 1);
    }

    @Test
    void aClientThatBreaksOffIsABreakForTheEndpoint() throws IOException {
        double before = failures("client_aborted");
        CountDownLatch broken = new CountDownLatch(1);
        ROUTER.upstream().next(switched().then(connection -> {
            try {
                Step.untilClosed().play(connection);
            } catch (java.net.SocketException reset) {
                broken.countDown();
                throw reset;
            }
        }));
        RawClient client = open(ROUTER.client());
        client.reset();
        await().until(() -> broken.getCount() == 0);
        await().until(() -> failures("client_aborted") == before + 1);
    }

    @Test
    void silenceInBothDirectionsEndsItAndTellsBoth() throws IOException {
        try (RouterFixture router = RouterFixture.plainWith("routes.0.tunnelIdleTimeout", Duration.ofMillis(200))) {
            router.upstream().next(switched().then(Step.echo()));
            try (RawClient client = open(router.client())) {
                assertThat(client.take(4)).isEqualTo(WsFrame.closeFromServer(1001));
                client.send(WsFrame.closeFromClient(1001));
                assertThat(client.peerCloses()).isTrue();
            }
            assertThat(router.metrics().sum("evenkeel_failures_total", "reason=\"tunnel_idle\""))
                    .isEqualTo(1);
        }
    }

    private static double failures(String reason) {
        return ROUTER.metrics().sum("evenkeel_failures_total", "reason=\"" + reason + "\"");
    }
}
