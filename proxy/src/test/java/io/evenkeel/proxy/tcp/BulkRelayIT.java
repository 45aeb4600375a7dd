package io.evenkeel.proxy.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Much at once through a TCP listener. On epoll it goes from socket to socket through pipes, which the tests count. */
@Timeout(120)
class BulkRelayIT {

    private static final long LARGE = 64L << 20;

    /** So that the receiver is soon full. */
    private static final int SMALL_BUFFER = 16 * 1024;

    @ParameterizedTest
    @ValueSource(strings = {"io-uring", "epoll", "nio"})
    void muchPassesBothWaysAtOnceAndWhole(String transport) throws Exception {
        try (TcpEndpoint endpoint = TcpEndpoint.start();
                TcpFixture router = TcpFixture.on(transport, TcpFixture.passThrough("", endpoint));
                Socket client = router.client();
                Socket server = endpoint.take()) {
            CompletableFuture<Long> sentUp = Bytes.pump(client, LARGE, 1);
            CompletableFuture<Long> sentDown = Bytes.pump(server, LARGE, 2);
            CompletableFuture<Long> cameUp = Bytes.drain(server, LARGE);
            CompletableFuture<Long> cameDown = Bytes.drain(client, LARGE);
            assertThat(cameUp.get(60, TimeUnit.SECONDS)).isEqualTo(sentUp.get());
            assertThat(cameDown.get(60, TimeUnit.SECONDS)).isEqualTo(sentDown.get());
            router.assertAtRest();
            assertThat(router.metric("evenkeel_failures_total")).isZero();
            assertThat(router.metric("evenkeel_tcp_received_bytes_total")).isEqualTo(LARGE);
            assertThat(router.metric("evenkeel_tcp_sent_bytes_total")).isEqualTo(LARGE);
        }
    }

    /** Netty waits for nothing of the client's socket any more, until that takes no more. */
    @ParameterizedTest
    @ValueSource(strings = {"io-uring", "epoll", "nio"})
    void aClientThatSendsNoMoreStillReceivesMuch(String transport) throws Exception {
        try (TcpEndpoint endpoint = TcpEndpoint.start();
                TcpFixture router = TcpFixture.on(transport, TcpFixture.passThrough("", endpoint));
                Socket client = router.connect("raw", SMALL_BUFFER);
                Socket server = endpoint.take()) {
            client.shutdownOutput();
            assertThat(Bytes.readAll(server)).isEmpty();
            CompletableFuture<Long> sent = Bytes.pump(server, LARGE, 6);
            awaitStandstill(router);
            assertThat(Bytes.drain(client, LARGE).get(60, TimeUnit.SECONDS)).isEqualTo(sent.get());
            router.assertAtRest();
            assertThat(router.metric("evenkeel_failures_total")).isZero();
        }
    }

    @Test
    void whatASlowReceiverDoesNotTakeWaitsInTheKernel() throws Exception {
        long before = pipeEnds();
        try (TcpEndpoint endpoint = TcpEndpoint.start();
                TcpFixture router = TcpFixture.on("epoll", TcpFixture.passThrough("", endpoint));
                Socket client = router.connect("raw", SMALL_BUFFER);
                Socket server = endpoint.take()) {
            CompletableFuture<Long> sent = Bytes.pump(server, LARGE, 3);
            awaitStandstill(router);
            assertThat(router.metric("evenkeel_tcp_sent_bytes_total")).isLessThan(LARGE / 2.0);
            assertThat(pipeEnds()).as("one pipe").isEqualTo(before + 2);
            CompletableFuture<Long> came = Bytes.drain(client, LARGE);
            assertThat(came.get(60, TimeUnit.SECONDS)).isEqualTo(sent.get());
            client.shutdownOutput();
        }
        assertThat(pipeEnds()).isEqualTo(before);
    }

    /** The end comes while bytes before it are in a pipe, or still with the kernel. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void whatWasSentBeforeTheEndArrivesWholeHoweverSlowly(int mebibytes) throws Exception {
        long count = (long) mebibytes << 20;
        try (TcpEndpoint endpoint = TcpEndpoint.start();
                TcpFixture router = TcpFixture.on("epoll", TcpFixture.passThrough("", endpoint));
                Socket client = router.connect("raw", SMALL_BUFFER);
                Socket server = endpoint.take()) {
            CompletableFuture<Long> sent = Bytes.pump(server, count, mebibytes);
            awaitStandstill(router);
            assertThat(Bytes.drain(client, count).get(60, TimeUnit.SECONDS)).isEqualTo(sent.get());
            client.shutdownOutput();
            router.assertAtRest();
            assertThat(router.metric("evenkeel_failures_total")).isZero();
        }
    }

    @Test
    void theReceiversResetIsPassedOnAndItsPipeGivenUp() throws Exception {
        long before = pipeEnds();
        try (TcpEndpoint endpoint = TcpEndpoint.start();
                TcpFixture router = TcpFixture.on("epoll", TcpFixture.passThrough("", endpoint));
                Socket client = router.connect("raw", SMALL_BUFFER);
                Socket server = endpoint.take()) {
            CompletableFuture<Long> sent = Bytes.pump(server, LARGE, 4);
            awaitStandstill(router);
            Bytes.reset(client);
            assertThat(sent).failsWithin(Duration.ofSeconds(20));
            router.awaitFailures(1, "client_aborted");
        }
        assertThat(pipeEnds()).isEqualTo(before);
    }

    @Test
    void theSendersResetIsPassedOnAndItsPipeGivenUp() throws Exception {
        long before = pipeEnds();
        try (TcpEndpoint endpoint = TcpEndpoint.start();
                TcpFixture router = TcpFixture.on("epoll", TcpFixture.passThrough("", endpoint));
                Socket client = router.connect("raw", SMALL_BUFFER);
                Socket server = endpoint.take()) {
            CompletableFuture<Long> sent = Bytes.pump(server, LARGE, 5);
            awaitStandstill(router);
            Bytes.reset(server);
            assertThat(sent).failsWithin(Duration.ofSeconds(20));
            assertThat(Bytes.isReset(client)).isTrue();
            router.awaitFailures(1, "upstream_reset");
        }
        assertThat(pipeEnds()).isEqualTo(before);
    }

    /** Until nothing has come from the endpoint for two looks in a row. */
    private static void awaitStandstill(TcpFixture router) {
        AtomicReference<Double> last = new AtomicReference<>(0.0);
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    double now = router.metric("evenkeel_tcp_sent_bytes_total");
                    return now > 0 && now == last.getAndSet(now);
                });
    }

    /** How many descriptors of this process are ends of pipes. */
    private static long pipeEnds() {
        long count = 0;
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                count += isPipe(descriptor) ? 1 : 0;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return count;
    }

    private static boolean isPipe(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("pipe:");
        } catch (NoSuchFileException e) {
            return false; // closed meanwhile
        }
    }
}
