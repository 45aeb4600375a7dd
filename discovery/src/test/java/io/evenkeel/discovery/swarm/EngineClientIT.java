package io.evenkeel.discovery.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.evenkeel.config.ClientTlsConfig;
import io.evenkeel.config.Secret;
import io.evenkeel.config.SwarmConfig;
import io.evenkeel.discovery.InnermostCause;
import io.evenkeel.discovery.testing.FakeEngine;
import io.evenkeel.discovery.testing.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineClientIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Long enough for a busy machine, short enough to wait for. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit's part
    private Path folder;

    private final FakeEngine tcp = FakeEngine.onTcp();
    private SwarmClient client = client(tcp.engine());

    @AfterEach
    void close() {
        client.close();
        tcp.close();
    }

    @Test
    void aPictureIsReadOverTcp() {
        assertThat(read())
                .isEqualTo(Pictures.recorded("settled", "settled", "settled").withTasks(read().tasks()));
        assertThat(read().services()).hasSize(6);
        assertThat(read().nodes()).containsOnlyKeys("36numw9vft6hhehe0sabig8uv");
    }

    @Test
    void aPictureIsReadOverAUnixSocket() {
        try (FakeEngine unix = FakeEngine.onUnixSocket(folder.resolve("docker.sock"))) {
            use(unix.engine());
            assertThat(read().services()).hasSize(6);
        }
    }

    @Test
    void aPictureIsReadAndEventsAreHeardOverTlsWithBothSidesProven() {
        TestCertificates certificates = TestCertificates.create();
        try (FakeEngine engine = FakeEngine.onTls(certificates)) {
            client.close();
            client = new EngineClient(secured(engine, certificates, true));
            assertThat(read().services()).hasSize(6);

            Events events = new Events();
            client.follow(events);
            await().atMost(PATIENCE).until(() -> engine.streams() == 1 && events.opened.get() == 1);
            engine.announces("{}");
            await().atMost(PATIENCE).until(() -> events.heard.get() == 1);
        }
    }

    @Test
    void anEngineThatIsNotTrustedOrDoesNotTrustUsIsAFailure() {
        TestCertificates certificates = TestCertificates.create();
        try (FakeEngine engine = FakeEngine.onTls(certificates)) {
            client.close();
            client = new EngineClient(secured(engine, TestCertificates.create(), true));
            assertThat(failure()).startsWith(engine.engine() + ": GET /version: ");
            client.close();
            client = new EngineClient(secured(engine, certificates, false));
            assertThat(failure()).startsWith(engine.engine() + ": GET /version: ");
        }
    }

    @Test
    void anEngineWithACertificateForSomebodyElseIsAFailure() {
        TestCertificates certificates = TestCertificates.forHost("example.org");
        try (FakeEngine engine = FakeEngine.onTls(certificates)) {
            client.close();
            client = new EngineClient(secured(engine, certificates, true));
            assertThat(failure())
                    .startsWith(engine.engine() + ": GET /version: ")
                    .contains("127.0.0.1");
        }
    }

    @Test
    void certificatesThatAreNoneAreOneLineWithoutTheirText() {
        ClientTlsConfig tls =
                new ClientTlsConfig(true, Optional.of(new Secret("hunter2")), Optional.empty(), Optional.empty());
        client.close();
        client = new EngineClient(config(TIMEOUT, tls, tcp.engine()));
        assertThat(failure()).startsWith(tcp.engine() + ": discovery.swarm.tls").doesNotContain("hunter2");
    }

    @Test
    void onlyTasksThatShouldRunAreAskedFor() {
        assertThat(read().tasks().values().stream().flatMap(List::stream))
                .isNotEmpty()
                .extracting(SwarmTask::desired)
                .containsOnly("running");
    }

    @Test
    void onceEverythingIsKnownOnlyTasksAreAskedFor() {
        SwarmPicture known = read();
        tcp.asked().clear();
        SwarmPicture next = client.read(known).toCompletableFuture().join();
        assertThat(next).isEqualTo(known);
        assertThat(tcp.asked()).hasSize(1).allSatisfy(target -> assertThat(target)
                .startsWith("/v1.41/tasks?"));
    }

    @Test
    void theVersionIsAgreedOnWithTheEngine() {
        tcp.answers("version", "{\"ApiVersion\":\"1.52\",\"MinAPIVersion\":\"1.44\"}");
        read();
        assertThat(tcp.asked()).contains("/v1.44/nodes");
    }

    @Test
    void everyFailureIsOneLineThatSaysWhoWhatAndWhy() {
        String engine = tcp.engine();
        assertThat(failure(FakeEngine.Mood.NO_LEADER))
                .isEqualTo(engine + ": GET /version: 500 The swarm does not have a leader.");
        assertThat(failure(FakeEngine.Mood.NOT_A_MANAGER))
                .isEqualTo(engine + ": GET /version: 503 This node is not a swarm manager.");
        assertThat(failure(FakeEngine.Mood.BABBLING))
                .startsWith(engine + ": GET /version: not JSON: Unexpected character");
        assertThat(failure(FakeEngine.Mood.CUT_OFF)).startsWith(engine + ": GET /version: Premature end");
        assertThat(failure(FakeEngine.Mood.STALLED)).isEqualTo(engine + ": GET /version: no answer within 2000 ms");
    }

    @Test
    void aStalledUnixSocketIsGivenUpToo() {
        try (FakeEngine unix = FakeEngine.onUnixSocket(folder.resolve("docker.sock"))) {
            unix.is(FakeEngine.Mood.STALLED);
            use(unix.engine());
            assertThat(failure()).isEqualTo(unix.engine() + ": GET /version: no answer within 2000 ms");
            unix.is(FakeEngine.Mood.WELL);
            assertThat(read().services()).hasSize(6);
        }
    }

    @Test
    void aProxyThatForbidsAPathIsNamedWithThePath() {
        tcp.forbids("services");
        assertThat(failure())
                .startsWith(tcp.engine() + ": GET /v1.41/services: 403 ")
                .endsWith("(a proxy before the engine must allow this)");
    }

    @Test
    void nobodyThereIsSaidSo() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        use("127.0.0.1:" + port, "unix:" + folder.resolve("none.sock"));
        assertThat(failure())
                .contains("127.0.0.1:" + port + ": GET /version: ", "refused", "; ")
                .contains("none.sock: GET /version: No such file");
    }

    @Test
    void somethingThatIsNoListIsAFailureNotAnEmptyCluster() {
        tcp.answers("tasks", "{\"message\":\"hello\"}");
        assertThat(failure()).isEqualTo(tcp.engine() + ": GET /v1.41/tasks: the list of tasks is none");
        tcp.answers("tasks", "[{\"DesiredState\":\"running\"}]");
        assertThat(failure()).isEqualTo(tcp.engine() + ": GET /v1.41/tasks: something without /ID in the answer");
        tcp.answers("tasks", "[] []");
        assertThat(failure()).contains("GET /v1.41/tasks: not JSON");
    }

    @Test
    void theNextEngineIsAskedWhenOneFailsAndKeptThen() {
        try (FakeEngine other = FakeEngine.onTcp()) {
            tcp.is(FakeEngine.Mood.NO_LEADER);
            use(tcp.engine(), other.engine());
            read();
            tcp.asked().clear();
            read();
            assertThat(tcp.asked()).isEmpty();
            other.is(FakeEngine.Mood.NO_LEADER);
            tcp.is(FakeEngine.Mood.WELL);
            assertThat(read().services()).hasSize(6);
        }
    }

    @Test
    void eventsAreHeardAndTheEndOfTheStreamIsAFailure() throws Exception {
        Events events = new Events();
        var end = client.follow(events).toCompletableFuture();
        await().atMost(PATIENCE).until(() -> tcp.streams() == 1 && events.opened.get() == 1);
        tcp.announces("{\"Type\":\"service\",\"Action\":\"update\",\"Actor\":{\"ID\":\"x\",\"Attributes\":{}}}");
        tcp.announces("{\"Type\":\"node\",\"Action\":\"update\"}");
        await().atMost(PATIENCE).until(() -> events.heard.get() == 2);
        tcp.dropsStreams();
        assertThatThrownBy(() -> end.get(30, TimeUnit.SECONDS)).hasMessageContaining("GET /v1.41/events: ");
    }

    @Test
    void aQuietStreamOutlivesTheTimeOutOfAnswers() throws Exception {
        client.close();
        client = new EngineClient(config(Duration.ofMillis(300), tcp.engine()));
        Events events = new Events();
        var end = client.follow(events).toCompletableFuture();
        await().atMost(PATIENCE).until(() -> tcp.streams() == 1 && events.opened.get() == 1);
        await().during(Duration.ofMillis(900)).atMost(PATIENCE).until(() -> !end.isDone());
        tcp.announces("{}");
        await().atMost(PATIENCE).until(() -> events.heard.get() == 1);
    }

    @Test
    void nothingIsLeftAfterClose() throws Exception {
        var end = client.follow(new Events()).toCompletableFuture();
        await().atMost(PATIENCE).until(() -> tcp.streams() == 1);
        client.close();
        assertThatThrownBy(() -> end.get(30, TimeUnit.SECONDS)).isNotNull();
        await().atMost(PATIENCE).until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("evenkeel-swarm-")));
    }

    private SwarmPicture read() {
        return client.read(null).toCompletableFuture().join();
    }

    private String failure(FakeEngine.Mood mood) {
        tcp.is(mood);
        return failure();
    }

    private String failure() {
        try {
            throw new AssertionError("there is a picture: " + read());
        } catch (CompletionException e) {
            assertThat(e).hasCauseInstanceOf(EngineFailure.class);
            return InnermostCause.message(e);
        }
    }

    private void use(String... engines) {
        client.close();
        client = client(engines);
    }

    private static SwarmClient client(String... engines) {
        return new EngineClient(config(TIMEOUT, engines));
    }

    private static SwarmConfig config(Duration timeout, String... engines) {
        return config(timeout, ClientTlsConfig.defaults(), engines);
    }

    private static SwarmConfig config(Duration timeout, ClientTlsConfig tls, String... engines) {
        return new SwarmConfig(List.of(engines), tls, "", false, Duration.ofSeconds(15), timeout);
    }

    /** @param shown whether the client shows a certificate */
    private static SwarmConfig secured(FakeEngine engine, TestCertificates certificates, boolean shown) {
        ClientTlsConfig tls = new ClientTlsConfig(
                true,
                Optional.of(new Secret(certificates.authority())),
                Optional.of(new Secret(certificates.client())).filter(is -> shown),
                Optional.of(new Secret(certificates.clientKey())).filter(is -> shown));
        return config(TIMEOUT, tls, engine.engine());
    }

    private static final class Events implements EngineEvents {

        final AtomicInteger opened = new AtomicInteger();
        final AtomicInteger heard = new AtomicInteger();

        @Override
        public void onOpen() {
            opened.incrementAndGet();
        }

        @Override
        public void onEvent() {
            heard.incrementAndGet();
        }
    }
}
