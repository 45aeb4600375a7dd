package io.evenkeel.proxy.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.RouterConfig;
import io.evenkeel.proxy.testing.Http2Client;
import io.evenkeel.proxy.testing.Http2Frame;
import io.evenkeel.proxy.testing.Http2Response;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Step;
import io.evenkeel.proxy.testing.TestConfig;
import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Flow control from end to end: what one side does not take, the other is not asked for. */
final class StreamWindowIT {

    private static final long BODY_BYTES = 100L << 20;

    /** Far below the body, far above what buffers of a few connections take. */
    private static final long MOST_HELD = 24L << 20;

    private static final int INITIAL_WINDOW = 4;

    private static RouterConfig impatient(InetSocketAddress address) {
        return TestConfig.with(TestConfig.plain(address), "listeners.0.timeouts.idle", Duration.ofMillis(600));
    }

    /** Sends a pattern as a body and counts how far it has come. */
    private static Step counted(long length, AtomicLong sent) {
        return connection -> {
            byte[] piece = new byte[1 << 16];
            Step.send("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n")
                    .play(connection);
            for (long left = length; left > 0; left -= piece.length) {
                Step.send(piece).play(connection);
                sent.addAndGet(piece.length);
            }
        };
    }

    @Test
    void aSlowClientStopsTheEndpointAndGetsAllOfItInTheEnd() throws IOException {
        AtomicLong sent = new AtomicLong();
        try (RouterFixture router = RouterFixture.plain()) {
            router.upstream().always(Step.readRequest().then(counted(BODY_BYTES, sent)));
            try (Http2Client client = Http2Client.connect(router.address())) {
                double before = router.metrics().sum("evenkeel_direct_memory_used_bytes");
                int stream = client.keepWindows().get("/");
                Http2Response response = client.sofar(stream);
                while (response.octets < 65_535) {
                    client.next();
                }
                assertThat(sent.get()).as("octets that the endpoint got rid of").isLessThan(MOST_HELD);
                assertThat(router.metrics().sum("evenkeel_direct_memory_used_bytes") - before)
                        .as("memory of buffers")
                        .isLessThan(MOST_HELD);
                client.windowUpdate(0, Integer.MAX_VALUE - 65_535);
                while (!response.complete) {
                    client.windowUpdate(stream, 1 << 20);
                    long until = Math.min(response.octets + (1 << 20), BODY_BYTES);
                    while (response.octets < until) {
                        client.next();
                    }
                    assertThat(sent.get() - response.octets)
                            .as("octets on their way")
                            .isLessThan(MOST_HELD);
                    if (response.octets == BODY_BYTES && !response.complete) {
                        client.next();
                    }
                }
                assertThat(response.octets).isEqualTo(BODY_BYTES);
            }
        }
    }

    /** CVE-2019-9517 and slow reads: a window of one octet keeps nothing for ever. */
    @Test
    void aWindowOfOneOctetEndsWithTheClientsIdleTimeout() throws IOException {
        AtomicLong sent = new AtomicLong();
        try (RouterFixture router = RouterFixture.start(StreamWindowIT::impatient)) {
            router.upstream().always(Step.readRequest().then(counted(BODY_BYTES, sent)));
            try (Http2Client client = Http2Client.connect(router.address(), INITIAL_WINDOW, 1)) {
                int stream = client.keepWindows().get("/");
                Http2Response response = client.response(stream);
                assertThat(response.octets).isEqualTo(1);
                assertThat(response.reset).isEqualTo((int) Http2Error.INTERNAL_ERROR.code());
                assertThat(sent.get()).isLessThan(MOST_HELD);
            }
        }
    }

    @Test
    void aSmallAnswerThatIsNeverTakenIsGivenUp() throws IOException {
        try (RouterFixture router = RouterFixture.start(StreamWindowIT::impatient)) {
            try (Http2Client client = Http2Client.connect(router.address(), INITIAL_WINDOW, 1)) {
                Http2Response response = client.response(client.keepWindows().get("/"));
                assertThat(response.octets).isEqualTo(1);
                assertThat(response.reset).isEqualTo((int) Http2Error.CANCEL.code());
            }
        }
    }

    @Test
    void anEndpointThatTakesNothingStopsTheClientAtItsWindow() throws IOException, InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        try (RouterFixture router = RouterFixture.plain()) {
            router.upstream()
                    .always(Step.readHead()
                            .then(Step.signal(asked))
                            .then(Step.await(gate))
                            .then(Step.readBody())
                            .then(Step.send(Step.OK)));
            try (Http2Client client = Http2Client.connect(router.address())) {
                int stream = client.request(false, "POST", "/");
                assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
                long total = 0;
                long window = 65_536;
                byte[] piece = new byte[8_192];
                boolean stopped = false;
                while (!stopped) {
                    while (window >= piece.length) {
                        client.data(stream, false, piece);
                        window -= piece.length;
                        total += piece.length;
                    }
                    client.send(Http2Frame.PING, 0, 0, new byte[8]).flush();
                    long before = window;
                    for (Http2Frame frame = client.next(); frame.type() != Http2Frame.PING; frame = client.next()) {
                        if (frame.type() == Http2Frame.WINDOW_UPDATE && frame.stream() == stream) {
                            window += frame.number(0);
                        }
                    }
                    stopped = window == before && window < piece.length;
                    assertThat(total).as("octets that the router took").isLessThan(MOST_HELD);
                }
                gate.countDown();
                client.data(stream, true);
                assertThat(client.response(stream).status()).isEqualTo("200");
                assertThat(router.upstream().requests().get(0).body().length()).isEqualTo(total);
            }
        }
    }
}
