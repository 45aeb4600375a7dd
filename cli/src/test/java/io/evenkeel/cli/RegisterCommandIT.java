package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.discovery.testing.ConsulAgent;
import io.evenkeel.discovery.testing.FakeEngine;
import io.evenkeel.discovery.testing.FakeSwarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registrar as a process, between an engine at a unix socket and a real Consul. */
class RegisterCommandIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @SuppressWarnings("NullAway.Init") // started before all
    private static ConsulAgent consul;

    @TempDir
    private static Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // started before all
    private static FakeEngine engine;

    @BeforeAll
    static void start() {
        consul = ConsulAgent.started();
        engine = FakeEngine.onUnixSocket(folder.resolve("docker.sock"))
                .shows(new FakeSwarm()
                        .node("node-1", "10.99.0.1")
                        .service("vvm", 1, "evenkeel.enable", "true", "evenkeel.port", "8822")
                        .task("t1", "vvm", "node-1", "front=10.0.1.1"));
    }

    @AfterAll
    static void stop() {
        consul.close();
        engine.close();
    }

    @AfterEach
    void forget() {
        consul.api().deregister("t1");
    }

    @Test
    void sigtermStopsItAndLeavesWhatItRegistered() throws Exception {
        try (Child registrar = register()) {
            assertThat(registrar.awaitLine("^evenkeel: registering the tasks of (.*)"))
                    .isEqualTo("unix:" + folder.resolve("docker.sock") + " in Consul at " + consul.address());
            await().atMost(PATIENCE).until(() -> registered("t1"));
            registrar.signal("TERM");
            assertThat(registrar.awaitEnd()).isZero();
            assertThat(registered("t1")).isTrue();
        }
    }

    @Test
    void onRequestItTakesItsRegistrationsAwayAtTheEnd() throws Exception {
        try (Child registrar = register("--deregister-on-exit")) {
            await().atMost(PATIENCE).until(() -> registered("t1"));
            registrar.signal("TERM");
            assertThat(registrar.awaitEnd()).isZero();
            assertThat(registered("t1")).isFalse();
        }
    }

    private static boolean registered(String id) {
        return consul.api().get("/v1/agent/services").has(id);
    }

    private static Child register(String... options) throws IOException {
        Path file = Files.writeString(
                folder.resolve("evenkeel.yaml"),
                """
                listeners: [{ name: web, address: 127.0.0.1:8080, protocol: http }]
                discovery:
                  consul: { agents: ["%s"] }
                  swarm: { engines: ["%s"] }
                """
                        .formatted(consul.address(), engine.engine()));
        String[] arguments = new String[3 + options.length];
        arguments[0] = "register";
        arguments[1] = "--config";
        arguments[2] = file.toString();
        System.arraycopy(options, 0, arguments, 3, options.length);
        return Child.start(arguments);
    }
}
