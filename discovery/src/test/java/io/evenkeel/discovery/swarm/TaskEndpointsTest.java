package io.evenkeel.discovery.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.EndpointSourceConfig.SwarmSource;
import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.testing.FakeSwarm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskEndpointsTest {

    private final FakeSwarm swarm = new FakeSwarm().node("node-1", "10.99.0.1").node("node-2", "10.99.0.2");

    @Test
    void sixServicesOfOneReplicaAreOneUpstream() {
        for (int i = 1; i <= 6; i++) {
            String name = "vvm-" + i;
            swarm.service(name, 1, "evenkeel.enable", "true", "evenkeel.upstream", "vvm", "evenkeel.port", "8822");
            swarm.task("t" + i, name, "node-1", "front=10.0.1." + i);
        }
        swarm.service("other", 1).task("t7", "other", "node-1", "front=10.0.1.7");

        assertThat(addresses(byLabel("vvm")))
                .containsExactly(
                        "10.0.1.1:8822",
                        "10.0.1.2:8822",
                        "10.0.1.3:8822",
                        "10.0.1.4:8822",
                        "10.0.1.5:8822",
                        "10.0.1.6:8822");
        assertThat(addresses(byName("vvm-2", "vvm-5"))).containsExactly("10.0.1.2:8822", "10.0.1.5:8822");
    }

    @Test
    void anEndpointKnowsItsNodeWeightAndTags() {
        swarm.service("vvm", 1, "evenkeel.weight", "5", "evenkeel.tags", "zone=a,primary")
                .task("t1", "vvm", "node-2", "front=10.0.1.1");

        Endpoint endpoint = found(byName("vvm")).endpoints().get(0);

        assertThat(endpoint.node()).isEqualTo(Optional.of("node-2"));
        assertThat(endpoint.weight()).isEqualTo(5);
        assertThat(endpoint.health()).isEqualTo(Endpoint.Health.PASSING);
        assertThat(endpoint.tags())
                .isEqualTo(Map.of(
                        "zone", "a",
                        "primary", "true",
                        "swarm.service", "vvm",
                        "swarm.node", "id-node-2",
                        "swarm.task", "t1"));
    }

    @Test
    void theTasksOfAServiceThatIsLabelledSoDrain() {
        swarm.service("vvm", 1, "evenkeel.drain", "true").task("t1", "vvm", "node-2", "front=10.0.1.1");

        assertThat(found(byName("vvm")).endpoints().get(0).tags()).containsEntry("drain", "true");
    }

    @Test
    void onlyTasksThatRunAndShouldRunAreEndpoints() {
        swarm.service("vvm", 4);
        for (String id : List.of("t1", "t2", "t3", "t4")) {
            swarm.task(id, "vvm", "node-1", "front=10.0.1." + id.substring(1));
        }
        swarm.taskIs("t2", "shutdown", "running")
                .taskIs("t3", "running", "starting")
                .taskIs("t4", "remove", "running");

        assertThat(addresses(byName("vvm"))).containsExactly("10.0.1.1:80");
    }

    @Test
    void tasksOnANodeThatIsDownAreCriticalButNotThoseOnOneOfUnknownState() {
        swarm.service("vvm", 2)
                .task("t1", "vvm", "node-1", "front=10.0.1.1")
                .task("t2", "vvm", "node-2", "front=10.0.1.2");
        swarm.nodeIs("node-1", "down", "active").nodeIs("node-2", "unknown", "active");

        assertThat(found(byName("vvm")).endpoints())
                .extracting(Endpoint::health)
                .containsExactly(Endpoint.Health.CRITICAL, Endpoint.Health.PASSING);
    }

    @Test
    void theNetworkIsThatOfTheSourceElseTheLabelElseTheConfiguredOne() {
        swarm.service("vvm", 1, "evenkeel.network", "back")
                .task("t1", "vvm", "node-1", "front=10.0.1.1", "back=10.0.2.1", "side=10.0.3.1");

        assertThat(addresses(new SwarmSource(List.of("vvm"), "", 80, "side"))).containsExactly("10.0.3.1:80");
        assertThat(addresses(byName("vvm"))).containsExactly("10.0.2.1:80");
        swarm.service("vvm", 1);
        assertThat(in(new TaskEndpoints(byName("vvm"), "front"))).containsExactly("10.0.1.1:80");
    }

    @Test
    void ingressIsNotCounted() {
        swarm.service("vvm", 1).task("t1", "vvm", "node-1", "ingress=10.255.0.9", "front=10.0.1.1");

        assertThat(addresses(byName("vvm"))).containsExactly("10.0.1.1:80");
    }

    @Test
    void severalNetworksAndNoneConfiguredIsOneClearLineHoweverManyTasks() {
        swarm.service("vvm", 2)
                .task("t1", "vvm", "node-1", "front=10.0.1.1", "back=10.0.2.1")
                .task("t2", "vvm", "node-1", "front=10.0.1.2", "back=10.0.2.2");

        assertThat(found(byName("vvm")).problems())
                .containsExactly(
                        "service vvm is on networks front and back (expected: one of them as network of the source, of"
                                + " discovery.swarm or of label evenkeel.network)");
    }

    @Test
    void aWrongNetworkIsAnsweredWithTheRightOnes() {
        swarm.service("vvm", 1).task("t1", "vvm", "node-1", "shop_front=10.0.1.1");

        assertThat(found(new SwarmSource(List.of("vvm"), "", 80, "front")).problems())
                .containsExactly("service vvm is not on network front but on shop_front");
    }

    @Test
    void aServiceOnTheHostsNetworkIsDialledAtItsNode() {
        swarm.service("scylla", 1).task("t1", "scylla", "node-2", "host");

        assertThat(addresses(new SwarmSource(List.of("scylla"), "", 9042, ""))).containsExactly("10.99.0.2:9042");
    }

    @Test
    void aPortPublishedInHostModeIsDialledAtTheNode() {
        swarm.service("edge", 1).task("t1", "edge", "node-1").publishes("t1", 80, 18080);

        assertThat(addresses(byName("edge"))).containsExactly("10.99.0.1:18080");
        assertThat(addresses(new SwarmSource(List.of("edge"), "", 0, ""))).containsExactly("10.99.0.1:18080");
        assertThat(found(new SwarmSource(List.of("edge"), "", 81, "")).problems())
                .containsExactly(
                        "service edge has no network but ingress and publishes no TCP ports in host mode for port 81");
    }

    @Test
    void networkHostMeansTheNodeEvenIfThereAreOthers() {
        swarm.service("edge", 1).task("t1", "edge", "node-1", "front=10.0.1.1").publishes("t1", 80, 18080);

        assertThat(addresses(new SwarmSource(List.of("edge"), "", 80, "host"))).containsExactly("10.99.0.1:18080");
    }

    @Test
    void aMissingPortIsAProblem() {
        swarm.service("vvm", 1).task("t1", "vvm", "node-1", "front=10.0.1.1");

        assertThat(found(new SwarmSource(List.of("vvm"), "", 0, "")).problems())
                .containsExactly("service vvm has no port (expected: label evenkeel.port, or a port of the source)");
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThat(found(byName("vvm", "vvn")).problems())
                .containsExactly("there is no service vvm", "there is no service vvn");
        assertThat(found(byLabel("vvm")).problems()).containsExactly("no service has the label evenkeel.upstream=vvm");
    }

    @Test
    void aServiceWithoutTasksIsThere() {
        swarm.service("vvm", 0);

        assertThat(found(byName("vvm"))).isEqualTo(new TaskEndpoints.Found(true, List.of(), List.of(), List.of()));
    }

    @Test
    void whatARealEngineTellsIsUnderstood() {
        SwarmPicture settled = Pictures.recorded("settled", "settled", "settled");

        assertThat(settled.services())
                .extracting(SwarmService::name)
                .containsExactly("crash", "edge", "exporter", "pinned", "vvm-1", "vvm-2");
        assertThat(texts(found(new TaskEndpoints(new SwarmSource(List.of(), "vvm", 0, "front"), ""), settled)))
                .containsExactly("10.0.1.2:8822", "10.0.1.3:8822", "10.0.1.5:8822");
        assertThat(texts(found(new TaskEndpoints(new SwarmSource(List.of("exporter"), "", 9100, ""), ""), settled)))
                .containsExactly("10.99.0.1:9100");
        assertThat(texts(found(new TaskEndpoints(new SwarmSource(List.of("edge"), "", 80, ""), ""), settled)))
                .containsExactly("10.99.0.1:18080");
        assertThat(texts(
                        found(new TaskEndpoints(new SwarmSource(List.of("crash", "pinned"), "", 80, ""), ""), settled)))
                .isEmpty();
    }

    @Test
    void whatARealEngineIsScalingDownUpdatingOrDrainingDisappears() {
        SwarmSource vvm1 = new SwarmSource(List.of("vvm-1"), "", 0, "");

        assertThat(texts(found(new TaskEndpoints(vvm1, ""), Pictures.recorded("settled", "settled", "scaling"))))
                .containsExactly("10.0.1.2:8822");
        assertThat(texts(found(new TaskEndpoints(vvm1, ""), Pictures.recorded("settled", "updating", "updating"))))
                .isEmpty();
        assertThat(texts(found(new TaskEndpoints(vvm1, ""), Pictures.recorded("drained", "drained", "drained"))))
                .isEmpty();
        assertThat(Pictures.recorded("settled", "updating", "updating").busy()).isTrue();
    }

    private static SwarmSource byName(String... services) {
        return new SwarmSource(List.of(services), "", services[0].startsWith("vvm-") ? 0 : 80, "");
    }

    private static SwarmSource byLabel(String upstream) {
        return new SwarmSource(List.of(), upstream, 0, "");
    }

    private TaskEndpoints.Found found(SwarmSource source) {
        return found(new TaskEndpoints(source, ""), Pictures.of(swarm));
    }

    private static TaskEndpoints.Found found(TaskEndpoints tasks, SwarmPicture picture) {
        return tasks.in(tasks.relevant(picture));
    }

    private List<String> addresses(SwarmSource source) {
        return in(new TaskEndpoints(source, ""));
    }

    private List<String> in(TaskEndpoints tasks) {
        return texts(found(tasks, Pictures.of(swarm)));
    }

    private static List<String> texts(TaskEndpoints.Found found) {
        return found.endpoints().stream()
                .map(endpoint -> endpoint.address().getAddress().getHostAddress() + ":"
                        + endpoint.address().getPort())
                .toList();
    }
}
