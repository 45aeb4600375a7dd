package io.evenkeel.discovery.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.config.ConfigFile;
import io.evenkeel.config.Environment;
import io.evenkeel.config.RouterConfig;
import io.evenkeel.discovery.ControlThread;
import io.evenkeel.discovery.NodeRegistry;
import io.evenkeel.discovery.swarm.SwarmSources;
import io.evenkeel.discovery.testing.ConsulAgent;
import io.evenkeel.discovery.testing.ConsulRegistration;
import io.evenkeel.discovery.testing.FakeEngine;
import io.evenkeel.discovery.testing.FakeSwarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From a Swarm to a real Consul. */
class RegistrarIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String EVENT = "{\"Type\":\"service\",\"Action\":\"update\"}";

    @SuppressWarnings("NullAway.Init") // started before all
    private static ConsulAgent consul;

    private final FakeSwarm swarm = new FakeSwarm()
            .node("node-1", "10.99.0.1")
            .service(
                    "vvm-1",
                    2,
                    "evenkeel.enable",
                    "true",
                    "evenkeel.upstream",
                    "vvm",
                    "evenkeel.port",
                    "8822",
                    "evenkeel.tags",
                    "zone=a,primary",
                    "evenkeel.weight",
                    "7")
            .task("t1", "vvm-1", "node-1", "front=10.0.1.1")
            .task("t2", "vvm-1", "node-1", "front=10.0.1.2");
    private final FakeEngine engine = FakeEngine.onTcp().shows(swarm);
    private final ControlThread control = new ControlThread();
    private final SwarmSources sources =
            new SwarmSources(control, new SplittableRandom(5), new NodeRegistry(control, event -> {}));
    private final Registrar registrar = new Registrar(config(), sources, control);

    @BeforeAll
    static void startConsul() {
        consul = ConsulAgent.started();
    }

    @AfterAll
    static void stopConsul() {
        consul.close();
    }

    @AfterEach
    void stop() throws Exception {
        assertThat(registrar.withdraw().toCompletableFuture().get(30, TimeUnit.SECONDS))
                .isEmpty();
        registrar.close();
        sources.close();
        control.close();
        engine.close();
    }

    @Test
    void tasksOfEnabledServicesAreRegisteredAndPass() {
        start();
        await().atMost(PATIENCE).until(() -> passing().equals(List.of("t1", "t2")));

        JsonNode t1 = consul.api().get("/v1/agent/services").path("t1");
        assertThat(t1.path("Service").asText()).isEqualTo("vvm");
        assertThat(t1.path("Address").asText()).isEqualTo("10.0.1.1");
        assertThat(t1.path("Port").asInt()).isEqualTo(8822);
        assertThat(t1.path("Tags").toString()).isEqualTo("[\"zone=a\",\"primary\"]");
        assertThat(t1.path("Weights").path("Passing").asInt()).isEqualTo(7);
        assertThat(t1.path("Meta").toString())
                .contains("\"node\":\"node-1\"", "\"swarm_node_id\":\"id-node-1\"", "\"swarm_service\":\"vvm-1\"");
    }

    @Test
    void aTaskThatIsToldToStopIsDeregisteredAndOthersServicesAreLeftAlone() {
        consul.api().register(ConsulRegistration.of("vvm", "by-hand", "10.0.9.9", 1));
        start();
        await().atMost(PATIENCE).until(() -> passing().containsAll(List.of("t1", "t2")));

        engine.shows(swarm.taskIs("t1", "shutdown", "running"));
        engine.announces(EVENT);
        await().atMost(PATIENCE).until(() -> passing().equals(List.of("by-hand", "t2")));
        consul.api().deregister("by-hand");
    }

    @Test
    void aConsulThatLostItsMemoryIsToldAgain() {
        start();
        await().atMost(PATIENCE).until(() -> passing().equals(List.of("t1", "t2")));
        consul.restart();
        await().atMost(PATIENCE).until(() -> passing().equals(List.of("t1", "t2")));
    }

    @Test
    void whileSwarmHasNoLeaderRegistrationsStayAndStayAlive() {
        start();
        await().atMost(PATIENCE).until(() -> passing().equals(List.of("t1", "t2")));
        engine.is(FakeEngine.Mood.NO_LEADER);
        engine.dropsStreams();
        // longer than the time to live
        await().during(Duration.ofSeconds(7)).atMost(PATIENCE).until(() -> passing()
                .equals(List.of("t1", "t2")));
    }

    @Test
    void aTaskOfANodeThatIsDownTurnsCritical() {
        start();
        await().atMost(PATIENCE).until(() -> passing().equals(List.of("t1", "t2")));
        engine.shows(swarm.nodeIs("node-1", "down", "active"));
        engine.announces(EVENT);
        await().atMost(PATIENCE).until(() -> passing().isEmpty());
        assertThat(consul.api().get("/v1/agent/services").size()).isEqualTo(2);
    }

    @Test
    void aRegistrationWithoutItsCheckGetsItBack() {
        start();
        await().atMost(PATIENCE).until(() -> passing().equals(List.of("t1", "t2")));
        consul.api().put("/v1/agent/check/deregister/service:t1", "");
        await().atMost(PATIENCE)
                .until(() ->
                        !consul.api().get("/v1/agent/checks").path("service:t1").isMissingNode());
    }

    private void start() {
        CompletableFuture.runAsync(registrar::start, control::execute).join();
    }

    private static List<String> passing() {
        List<String> ids = new ArrayList<>();
        consul.api()
                .get("/v1/health/service/vvm?passing")
                .forEach(instance -> ids.add(instance.at("/Service/ID").asText()));
        return ids.stream().sorted().toList();
    }

    private RouterConfig config() {
        String yaml =
                """
                listeners: [{ name: web, address: 127.0.0.1:8080, protocol: http }]
                discovery:
                  consul: { agents: ["%s"], timeout: 2s }
                  swarm: { engines: ["%s"], timeout: 2s }
                register: { interval: 500ms, ttl: 5s }
                """
                        .formatted(consul.address(), engine.engine());
        return ConfigFile.parse("test", yaml, Environment.system()).orThrow();
    }
}
