package io.evenkeel.proxy.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.discovery.testing.ConsulAgent;
import io.evenkeel.discovery.testing.ConsulRegistration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A router that starts while its registry is down serves what an earlier one knew. */
class StateFileIT {

    private final ConsulAgent consul = ConsulAgent.started();
    private List<LiveEndpoint> tasks = List.of();

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void register() throws IOException {
        tasks = LiveEndpoint.tasks(2);
        registerAll();
    }

    @AfterEach
    void stop() {
        tasks.forEach(LiveEndpoint::close);
        consul.close();
    }

    @Test
    void aRouterThatStartsWithoutConsulServesWhatTheLastOneKnew() {
        learn();
        consul.kill();
        try (LiveRouter router = router(state());
                LiveTraffic traffic = router.traffic()) {
            traffic.awaitAnswersOf(tasks);
            assertThat(router.metric("evenkeel_discovery_stale")).isEqualTo(1);
            assertThat(router.admin("/endpoints")).contains("\"stale\" : true");

            consul.restart();
            registerAll();
            router.awaitMetric(stale -> stale == 0, "evenkeel_discovery_stale");
            traffic.awaitAnswersOf(tasks);
            traffic.assertNothingFailed();
        }
    }

    @Test
    void aFileThatIsCorruptIsSetAsideAndTheRouterStarts() throws IOException {
        learn();
        byte[] bytes = Files.readAllBytes(state());
        bytes[bytes.length / 2] ^= 1;
        Files.write(state(), bytes);
        servesFromConsul(state());
        assertThat(folder.resolve("endpoints.state.corrupt")).exists();
    }

    @Test
    void aFileOfANewerVersionIsSetAsideAndTheRouterStarts() throws IOException {
        learn();
        String now = Files.readString(state());
        Files.writeString(state(), now.replaceFirst(" 1 ", " 99 "));
        servesFromConsul(state());
        assertThat(folder.resolve("endpoints.state.v99")).hasContent(now.replaceFirst(" 1 ", " 99 "));
    }

    @Test
    void aFileThatCannotBeWrittenIsCountedAndNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        try (LiveRouter router = router(file.resolve("endpoints.state"));
                LiveTraffic traffic = router.traffic()) {
            router.awaitMetric(failures -> failures > 0, "evenkeel_discovery_state_file_failures_total");
            traffic.awaitAnswersOf(tasks);
            traffic.assertNothingFailed();
        }
    }

    /** A router knows the endpoints, and leaves. */
    private void learn() {
        servesFromConsul(state());
        assertThat(state()).exists();
    }

    private void servesFromConsul(Path state) {
        try (LiveRouter router = router(state);
                LiveTraffic traffic = router.traffic()) {
            traffic.awaitAnswersOf(tasks);
            traffic.assertNothingFailed();
        }
    }

    private Path state() {
        return folder.resolve("endpoints.state");
    }

    private void registerAll() {
        for (LiveEndpoint task : tasks) {
            consul.api().register(ConsulRegistration.of("vvm", task.host(), task.host(), task.port()));
        }
    }

    private LiveRouter router(Path state) {
        return LiveRouter.start("discovery: { state-file: " + state + ", consul: { agents: [\"" + consul.address()
                + "\"], timeout: 1s } }\n"
                + "upstreams: [{ name: vvm, endpoints: [{ consul: { service: vvm } }] }]\n");
    }
}
