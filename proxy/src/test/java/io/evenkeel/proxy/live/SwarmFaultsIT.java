package io.evenkeel.proxy.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.discovery.testing.FakeEngine;
import io.evenkeel.discovery.testing.FakeEngine.Mood;
import io.evenkeel.discovery.testing.FakeSwarm;
import io.evenkeel.proxy.testing.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An Engine API that has lost its leader, or its manners: the tasks it told of before go on to be served. */
class SwarmFaultsIT {

    private final FakeEngine engine = FakeEngine.onTcp();
    private final FakeSwarm swarm = new FakeSwarm().node("n1", "192.0.2.1");
    private List<LiveEndpoint> tasks = List.of();

    @BeforeEach
    void startTasks() throws IOException {
        tasks = LiveEndpoint.tasks(3);
        service(3, 0, "vvm");
        run(1);
        run(2);
        engine.shows(swarm);
    }

    @AfterEach
    void stop() {
        tasks.forEach(LiveEndpoint::close);
        engine.close();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WELL")
    void aMoodTakesNothingAwayAndWhatCameMeanwhileIsFoundAfterwards(Mood mood) {
        try (LiveRouter router = LiveRouter.start(
                        swarmAt("") + "upstreams: [{ name: vvm, endpoints: [{ swarm: { upstream: vvm } }] }]\n");
                LiveTraffic traffic = router.traffic()) {
            traffic.awaitAnswersOf(tasks.get(0), tasks.get(1));
            engine.is(mood);
            engine.dropsStreams();
            router.awaitDiscoveryFailures(2);
            traffic.awaitAnswersOf(tasks.get(0), tasks.get(1));

            run(3);
            engine.shows(swarm);
            engine.is(Mood.WELL);
            traffic.awaitAnswersOf(tasks);
            traffic.assertNothingFailed();
        }
    }

    /** Six services of one replica are one upstream: here three, that bring their route with them. */
    @Test
    void labelsBringARouteAndItsUpstreamAndTakeThemBack() throws IOException {
        service(1, 1, "tasks", "evenkeel.route.tasks.path-prefix", "/tasks", "evenkeel.route.bad.hosts", "no host");
        service(2, 1, "tasks");
        engine.shows(swarm);
        try (LiveRouter router = LiveRouter.startWithoutRoutes(swarmAt(", labels: true"));
                RawClient client = RawClient.connect(router.address())) {
            router.awaitReady();
            router.awaitMetric(up -> up == 2, "evenkeel_endpoint_up", "upstream=\"tasks\"");
            assertThat(client.exchange("GET /tasks HTTP/1.1\r\nHost: live\r\n\r\n")
                            .body()
                            .text())
                    .isIn(tasks.get(0).name(), tasks.get(1).name());
            assertThat(client.exchange("GET / HTTP/1.1\r\nHost: live\r\n\r\n").status())
                    .isEqualTo(404);
            assertThat(router.metric("evenkeel_discovery_label_problems")).isEqualTo(1);

            service(1, 1, "tasks");
            engine.shows(swarm);
            engine.announces("{\"Type\":\"service\",\"Action\":\"update\"}");
            router.awaitMetric(problems -> problems == 0, "evenkeel_discovery_label_problems");
            await().untilAsserted(() -> assertThat(client.exchange("GET /tasks HTTP/1.1\r\nHost: live\r\n\r\n")
                            .status())
                    .as("the route goes a moment after its labels")
                    .isEqualTo(404));
        }
    }

    /** Starts the task of the service of this number. */
    private void run(int number) {
        service(number, 1, "vvm");
        swarm.task(
                "task-" + number,
                "vvm-" + number,
                "n1",
                "front=" + tasks.get(number - 1).host());
    }

    /** A service that takes part, in place of the one of this number; more labels are keys and values in turn. */
    private void service(int number, int replicas, String upstream, String... more) {
        List<String> labels = new ArrayList<>(List.of("evenkeel.enable", "true", "evenkeel.upstream", upstream));
        labels.addAll(List.of("evenkeel.port", String.valueOf(tasks.get(0).port())));
        labels.addAll(List.of(more));
        swarm.service("vvm-" + number, replicas, labels.toArray(String[]::new));
    }

    private String swarmAt(String more) {
        return "discovery: { swarm: { engines: [\"" + engine.engine() + "\"], network: front, resync: 1s, timeout: 1s"
                + more + " } }\n";
    }
}
