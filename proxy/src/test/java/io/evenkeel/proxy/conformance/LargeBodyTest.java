package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.proxy.testing.Body;
import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Step;
import io.evenkeel.proxy.testing.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Content far larger than any buffer, with a reader slower than the writer: it arrives whole, and memory stays bounded. */
@Timeout(60)
final class LargeBodyTest {

    private static final long LENGTH = 64L << 20;
    /** What sixteen stalled transfers may hold together: a sixty-fourth of what they carry. */
    private static final double BOUND_BYTES = 16L << 20;

    private static final int STALLED = 16;

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.plain();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void downloadOf64MebibytesArrivesWhole(boolean chunked) throws IOException {
        Step content = chunked ? sendChunks() : Step.sendPattern(LENGTH);
        ROUTER.upstream().next(Step.answer(responseHead(chunked)).then(content));
        try (RawClient client = ROUTER.client()) {
            assertWhole(client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n").body());
            assertThat(client.exchange(Verdict.CANARY).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void uploadOf64MebibytesArrivesWhole(boolean chunked) throws IOException {
        byte[] piece = Wire.pattern(1 << 16);
        String frame = chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + LENGTH;
        try (RawClient client = ROUTER.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\n" + frame + "\r\n\r\n");
            for (long sent = 0; sent < LENGTH; sent += piece.length) {
                client.send(chunked ? Wire.octets(Wire.chunk(Wire.text(piece))) : piece);
            }
            assertThat(client.exchange(chunked ? "0\r\n\r\n" : "").status()).isEqualTo(200);
            assertThat(client.exchange(Verdict.CANARY).status()).isEqualTo(200);
        }
        assertWhole(ROUTER.upstream().requests().get(0).body());
    }

    @Test
    void downloadsThatNobodyReadsHoldBoundedMemoryAndStillArriveWhole() throws IOException {
        double before = directMemory();
        ROUTER.upstream().always(Step.answer(responseHead(false)).then(Step.sendPattern(LENGTH)));
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < STALLED; i++) {
                clients.add(RawClient.connect(ROUTER.address(), 64 * 1024).send("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
            }
            await().until(() -> ROUTER.upstream().requests().size() == STALLED);
            assertMemorySettlesBelow(before + BOUND_BYTES);
            assertWhole(clients.get(0).read().body());
        } finally {
            closeAll(clients);
        }
    }

    @Test
    void uploadsThatNobodyReadsHoldBoundedMemoryAndStillArriveWhole() throws IOException {
        double before = directMemory();
        CountDownLatch gate = new CountDownLatch(1);
        ROUTER.upstream()
                .always(Step.readHead()
                        .then(Step.await(gate))
                        .then(Step.readBody())
                        .then(Step.send(Step.OK)));
        List<RawClient> clients = new ArrayList<>();
        List<Thread> writers = new ArrayList<>();
        try {
            for (int i = 0; i < STALLED; i++) {
                RawClient client = ROUTER.client();
                clients.add(client);
                writers.add(upload(client));
            }
            await().until(() -> ROUTER.upstream().requests().size() == STALLED);
            assertMemorySettlesBelow(before + BOUND_BYTES);
            gate.countDown();
            RawResponse response = clients.get(0).read();
            assertThat(response.status()).isEqualTo(200);
        } finally {
            closeAll(clients);
        }
        assertThat(writers).allSatisfy(writer -> await().until(() -> !writer.isAlive()));
        assertThat(ROUTER.upstream().requests()).anySatisfy(request -> assertWhole(request.body()));
    }

    /** Waits until the transfers are stuck, which is when memory has not grown for a while, and looks at it then. */
    private static void assertMemorySettlesBelow(double bound) {
        double[] last = {-1};
        await().until(() -> {
            double now = directMemory();
            assertThat(now).isLessThan(bound);
            boolean settled = now == last[0];
            last[0] = now;
            return settled;
        });
    }

    private static double directMemory() {
        assertThat(ROUTER.metrics().has("evenkeel_direct_memory_used_bytes")).isTrue();
        return ROUTER.metrics().sum("evenkeel_direct_memory_used_bytes");
    }

    private static Thread upload(RawClient client) {
        Thread thread = new Thread(() -> {
            try {
                byte[] piece = Wire.pattern(1 << 16);
                client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + LENGTH + "\r\n\r\n");
                for (long sent = 0; sent < LENGTH; sent += piece.length) {
                    client.send(piece);
                }
            } catch (IOException closed) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static String responseHead(boolean chunked) {
        String frame = chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + LENGTH;
        return "HTTP/1.1 200 OK\r\n" + frame + "\r\n\r\n";
    }

    private static Step sendChunks() {
        String chunk = Wire.chunk(Wire.text(Wire.pattern(1 << 16)));
        Step all = connection -> {
            for (long sent = 0; sent < LENGTH; sent += 1 << 16) {
                Step.send(chunk).play(connection);
            }
        };
        return all.then(Step.send("0\r\n\r\n"));
    }

    private static void assertWhole(Body body) {
        CRC32 expected = new CRC32();
        byte[] piece = Wire.pattern(1 << 16);
        for (long summed = 0; summed < LENGTH; summed += piece.length) {
            expected.update(piece, 0, piece.length);
        }
        assertThat(body.length()).isEqualTo(LENGTH);
        assertThat(body.crc()).isEqualTo(expected.getValue());
    }

    private static void closeAll(List<RawClient> clients) throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
    }
}
