package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.cli.vvm.DemoVvms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A router as a process, in front of demo VVMs of this one. */
class RunCommandIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DemoVvms vvms = new DemoVvms();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private String first = "";
    private String second = "";

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void start() throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        first = Addresses.show(vvms.start("vvm-1", any));
        second = Addresses.show(vvms.start("vvm-2", any));
    }

    @AfterEach
    void stop() {
        vvms.close();
    }

    @Test
    void readyLineNamesWhereItListensAndThereItServes() throws Exception {
        try (Child router = run(Configs.router(first))) {
            assertThat(router.awaitLine("^evenkeel: ready in \\d+ ms .*admin (127\\.0\\.0\\.1:\\d+)"))
                    .isNotEmpty();
            assertThat(get(router, "/api/check").body()).isEqualTo("ok\n");
        }
    }

    @Test
    void sigtermLetsTheRequestInFlightFinishAndExitsWithZero() throws Exception {
        try (Child router = run(Configs.router(first))) {
            CompletableFuture<HttpResponse<String>> slow =
                    client.sendAsync(request(router, "/?delay=1s"), BodyHandlers.ofString());
            await().atMost(PATIENCE).until(() -> get(router, "/api/check").statusCode() == 200);
            router.signal("TERM");
            assertThat(slow.get().statusCode()).isEqualTo(200);
            assertThat(router.awaitEnd()).isZero();
        }
    }

    @Test
    void secondSignalEndsItAtOnce() throws Exception {
        try (Child router = run(Configs.router(first))) {
            CompletableFuture<HttpResponse<String>> slow =
                    client.sendAsync(request(router, "/?delay=60s"), BodyHandlers.ofString());
            await().atMost(PATIENCE).until(() -> get(router, "/api/check").statusCode() == 200);
            router.signal("TERM");
            router.signal("INT");
            assertThat(router.awaitEnd()).isEqualTo(143);
            assertThat(slow).failsWithin(PATIENCE);
        }
    }

    @Test
    void sighupPutsTheChangedFileInForce() throws Exception {
        try (Child router = run(Configs.router(first))) {
            assertThat(servedBy(router)).isEqualTo("vvm-1");
            Configs.write(folder, Configs.router(second));
            router.signal("HUP");
            await().atMost(PATIENCE).until(() -> servedBy(router).equals("vvm-2"));
        }
    }

    @Test
    void changedFileComesIntoForceByItself() throws Exception {
        try (Child router = run(Configs.router(first))) {
            assertThat(servedBy(router)).isEqualTo("vvm-1");
            Configs.write(folder, Configs.router(second));
            await().atMost(PATIENCE).until(() -> servedBy(router).equals("vvm-2"));
        }
    }

    @Test
    void wrongReloadKeepsTheRunningConfiguration() throws Exception {
        try (Child router = run(Configs.router(first))) {
            router.awaitLine("ready in");
            Configs.write(folder, "nonsense: true\n");
            router.signal("HUP");
            router.awaitLine("not reloaded");
            assertThat(servedBy(router)).isEqualTo("vvm-1");
        }
    }

    @Test
    void portInUseIsOneLineThatNamesItAndExitIsOne() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Child router = run(Configs.router("127.0.0.1:" + taken.getLocalPort(), first))) {
            assertThat(router.awaitEnd()).isEqualTo(1);
            assertThat(router.said()).singleElement().asString().contains("web", "127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void wrongConfigurationIsSaidWithoutAStackTraceAndExitIsOne() throws Exception {
        try (Child router = run("listeners: 7\n")) {
            assertThat(router.awaitEnd()).isEqualTo(1);
            assertThat(router.err())
                    .allMatch(line -> line.startsWith(folder + "/evenkeel.yaml:") || line.startsWith("evenkeel: "));
        }
    }

    private Child run(String yaml) throws IOException {
        return Child.start("run", "--config", Configs.write(folder, yaml).toString());
    }

    private String servedBy(Child router) throws Exception {
        return get(router, "/").headers().firstValue("X-Vvm").orElse("nobody");
    }

    private HttpResponse<String> get(Child router, String target) throws Exception {
        return client.send(request(router, target), BodyHandlers.ofString());
    }

    private static HttpRequest request(Child router, String target) {
        String web = router.awaitLine("^evenkeel: ready in .*web (127\\.0\\.0\\.1:\\d+)");
        return HttpRequest.newBuilder(URI.create("http://" + web + target))
                .timeout(PATIENCE)
                .build();
    }
}
