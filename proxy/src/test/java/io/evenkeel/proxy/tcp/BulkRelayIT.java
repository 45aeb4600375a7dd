package io.evenkeel.proxy.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        try (Joined relay = Joined.on(transport, 0)) {
            CompletableFuture<Long> sentUp = Bytes.pump(relay.client, LARGE, 1);
            CompletableFuture<Long> sentDown = Bytes.pump(relay.server, LARGE, 2);
            CompletableFuture<Long> cameUp = Bytes.drain(relay.server, LARGE);
            CompletableFuture<Long> cameDown = Bytes.drain(relay.client, LARGE);
            assertThat(cameUp.get(60, TimeUnit.SECONDS)).isEqualTo(sentUp.get());
            assertThat(cameDown.get(60, TimeUnit.SECONDS)).isEqualTo(sentDown.get());
            relay.router.assertAtRest();
            assertThat(relay.router.metric("evenkeel_failures_total")).isZero();
            assertThat(relay.router.metric("evenkeel_tcp_received_bytes_total")).isEqualTo(LARGE);
            assertThat(relay.router.metric("evenkeel_tcp_sent_bytes_total")).isEqualTo(LARGE);
        }
    }

    /** Netty waits for nothing of the client's socket any more, until that takes no more. */
    @ParameterizedTest
    @ValueSource(strings = {"io-uring", "epoll", "nio"})
    void aClientThatSendsNoMoreStillReceivesMuch(String transport) throws Exception {
        try (Joined relay = Joined.on(transport, SMALL_BUFFER)) {
            relay.client.shutdownOutput();
            assertThat(Bytes.readAll(relay.server)).isEmpty();
            CompletableFuture<Long> sent = Bytes.pump(relay.server, LARGE, 6);
            relay.router.awaitStandstill();
            assertThat(Bytes.drain(relay.client, LARGE).get(60, TimeUnit.SECONDS))
                    .isEqualTo(sent.get());
            relay.router.assertAtRest();
            assertThat(relay.router.metric("evenkeel_failures_total")).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"io-uring, 0", "epoll, 2", "nio, 0"})
    void whatASlowReceiverDoesNotTakeIsNotAskedFor(String transport, int ends) throws Exception {
        long before = pipeEnds();
        try (Joined relay = Joined.on(transport, SMALL_BUFFER)) {
            CompletableFuture<Long> sent = Bytes.pump(relay.server, LARGE, 3);
            relay.router.awaitStandstill();
            assertThat(relay.router.metric("evenkeel_tcp_sent_bytes_total")).isLessThan(LARGE / 2.0);
            assertThat(pipeEnds()).isEqualTo(before + ends);
            CompletableFuture<Long> came = Bytes.drain(relay.client, LARGE);
            assertThat(came.get(60, TimeUnit.SECONDS)).isEqualTo(sent.get());
            relay.client.shutdownOutput();
        }
        assertThat(pipeEnds()).isEqualTo(before);
    }

    /** The end comes while bytes before it are in a pipe, or still with the kernel. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void whatWasSentBeforeTheEndArrivesWholeHoweverSlowly(int mebibytes) throws Exception {
        long count = (long) mebibytes << 20;
        try (Joined relay = Joined.on("epoll", SMALL_BUFFER)) {
            CompletableFuture<Long> sent = Bytes.pump(relay.server, count, mebibytes);
            relay.router.awaitStandstill();
            assertThat(Bytes.drain(relay.client, count).get(60, TimeUnit.SECONDS))
                    .isEqualTo(sent.get());
            relay.client.shutdownOutput();
            relay.router.assertAtRest();
            assertThat(relay.router.metric("evenkeel_failures_total")).isZero();
        }
    }

    @Test
    void theReceiversResetIsPassedOnAndItsPipeGivenUp() throws Exception {
        long before = pipeEnds();
        try (Joined relay = Joined.on("epoll", SMALL_BUFFER)) {
            CompletableFuture<Long> sent = Bytes.pump(relay.server, LARGE, 4);
            relay.router.awaitStandstill();
            Bytes.reset(relay.client);
            assertThat(sent).failsWithin(Duration.ofSeconds(20));
            relay.router.awaitFailures(1, "client_aborted");
        }
        assertThat(pipeEnds()).isEqualTo(before);
    }

    @Test
    void theSendersResetIsPassedOnAndItsPipeGivenUp() throws Exception {
        long before = pipeEnds();
        try (Joined relay = Joined.on("epoll", SMALL_BUFFER)) {
            CompletableFuture<Long> sent = Bytes.pump(relay.server, LARGE, 5);
            relay.router.awaitStandstill();
            Bytes.reset(relay.server);
            assertThat(sent).failsWithin(Duration.ofSeconds(20));
            assertThat(Bytes.isReset(relay.client)).isTrue();
            relay.router.awaitFailures(1, "upstream_reset");
        }
        assertThat(pipeEnds()).isEqualTo(before);
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
