package io.evenkeel.discovery.consul;

import static io.evenkeel.discovery.consul.ConsulFixture.addresses;
import static io.evenkeel.discovery.consul.ConsulFixture.agents;
import static io.evenkeel.discovery.consul.ConsulFixture.eventually;
import static io.evenkeel.discovery.consul.ConsulFixture.service;
import static io.evenkeel.discovery.consul.ConsulFixture.soon;
import static io.evenkeel.discovery.consul.ConsulFixture.tags;
import static io.evenkeel.discovery.consul.ConsulFixture.usable;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.EndpointSourceConfig.ConsulSource;
import io.evenkeel.config.KeyValue;
import io.evenkeel.discovery.DiscoveryEvent;
import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.Endpoint.Health;
import io.evenkeel.discovery.testing.ConsulAgent;
import io.evenkeel.discovery.testing.ConsulApi;
import io.evenkeel.discovery.testing.ConsulRegistration;
import io.evenkeel.discovery.testing.Heard;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What instances, checks, tags and metadata in a real Consul come to. Each test has services of its own. */
class InstancesIT {

    private static final int CHANGES = 20;

    @SuppressWarnings("NullAway.Init") // started before all
    private static ConsulAgent agent;

    @SuppressWarnings("NullAway.Init") // started before all
    private static ConsulApi api;

    private final ConsulFixture consul = new ConsulFixture();

    @BeforeAll
    static void startConsul() {
        agent = ConsulAgent.started();
        api = agent.api();
    }

    @AfterAll
    static void stopConsul() {
        agent.close();
    }

    @AfterEach
    void stop() {
        consul.close();
    }

    @Test
    void instancesThatComeAndGoAreHeardOf() {
        Heard heard = consul.start(agents(agent.address()), service("come-and-go"));
        eventually(() -> heard.sets.equals(List.of(List.of())));
        api.register(ConsulRegistration.of("come-and-go", "one", "10.0.0.1", 80));
        soon(() -> addresses(heard).equals(List.of("10.0.0.1")));
        api.register(ConsulRegistration.of("come-and-go", "two", "10.0.0.2", 80));
        soon(() -> addresses(heard).equals(List.of("10.0.0.1", "10.0.0.2")));
        api.deregister("one");
        soon(() -> addresses(heard).equals(List.of("10.0.0.2")));
        api.deregister("two");
        soon(() -> heard.latest().isEmpty());
        assertThat(heard.failures).isEmpty();
    }

    @Test
    void anInstanceSaysWhereItRunsAndWhatItIs() {
        api.register(ConsulRegistration.of("described", "one", "10.0.0.1", 80)
                .tags("role=worker", "canary")
                .meta(Map.of("zone", "a")));
        api.register(ConsulRegistration.of("described", "two", "10.0.0.2", 80).meta(Map.of("node", "swarm-1")));
        Heard heard = consul.start(agents(agent.address()), service("described"));
        eventually(() -> heard.latest().size() == 2);
        assertThat(heard.latest().get(0).node()).contains(agent.node());
        assertThat(heard.latest().get(0).tags()).isEqualTo(Map.of("role", "worker", "canary", "true", "zone", "a"));
        assertThat(heard.latest().get(1).node()).contains("swarm-1");
    }

    @Test
    void aCriticalCheckTakesAnInstanceOutWithoutForgettingIt() {
        api.register(
                ConsulRegistration.of("checked", "checked-1", "10.0.0.1", 80).checked("passing"));
        Heard heard = consul.start(agents(agent.address()), service("checked"));
        eventually(() -> usable(heard).equals(List.of("10.0.0.1")));
        api.check("checked-1", "critical");
        soon(() -> heard.latest().size() == 1 && usable(heard).isEmpty());
        assertThat(heard.latest().get(0).health()).isEqualTo(Health.CRITICAL);
        api.check("checked-1", "passing");
        soon(() -> usable(heard).equals(List.of("10.0.0.1")));
    }

    @Test
    void aWarningUsesTheWeightForWarnings() {
        api.register(ConsulRegistration.of("weighed", "weighed-1", "10.0.0.1", 80)
                .weights(10, 3)
                .checked("passing"));
        Heard heard = consul.start(agents(agent.address()), service("weighed"));
        eventually(() -> is(heard, Health.PASSING, 10));
        api.check("weighed-1", "warning");
        soon(() -> is(heard, Health.WARNING, 3));
    }

    @Test
    void weightsKeepToTheBoundsOfWeights() {
        api.register(ConsulRegistration.of("bounded", "bounded-1", "10.0.0.1", 80)
                .weights(60_000, 0)
                .checked("passing"));
        Heard heard = consul.start(agents(agent.address()), service("bounded"));
        eventually(() -> is(heard, Health.PASSING, Endpoint.MAX_WEIGHT));
        api.check("bounded-1", "warning");
        soon(() -> is(heard, Health.CRITICAL, Endpoint.DEFAULT_WEIGHT));
    }

    @Test
    void maintenanceOfAnInstanceTakesItOut() {
        api.register(ConsulRegistration.of("maintained", "maintained-1", "10.0.0.1", 80));
        Heard heard = consul.start(agents(agent.address()), service("maintained"));
        eventually(() -> usable(heard).size() == 1);
        api.maintain("maintained-1", true);
        soon(() -> usable(heard).isEmpty() && heard.latest().size() == 1);
        api.maintain("maintained-1", false);
        soon(() -> usable(heard).size() == 1);
    }

    @Test
    void maintenanceOfANodeTakesItsInstancesOut() {
        api.register(ConsulRegistration.of("on-node", "on-node-1", "10.0.0.1", 80));
        Heard heard = consul.start(agents(agent.address()), service("on-node"));
        eventually(() -> usable(heard).size() == 1);
        api.maintainNode(true);
        soon(() -> usable(heard).isEmpty() && heard.latest().size() == 1);
        api.maintainNode(false);
        soon(() -> usable(heard).size() == 1);
    }

    @Test
    void aDeadNodeTakesItsInstancesOutThoughTheirOwnChecksStillPass() {
        putNode("dead-node", "passing");
        Heard heard = consul.start(agents(agent.address()), service("on-dead-node"));
        eventually(() -> usable(heard).equals(List.of("10.0.9.9")));
        eventually(() -> consul.events.isEmpty());
        putNode("dead-node", "critical");
        soon(() -> usable(heard).isEmpty() && heard.latest().size() == 1);
        eventually(() -> consul.events.stream()
                .anyMatch(event -> event.kind() == DiscoveryEvent.Kind.NODE_FAILED
                        && event.node().equals("dead-node")
                        && event.source().equals("consul")
                        && event.reason().startsWith("serfHealth critical")));
        putNode("dead-node", "passing");
        soon(() -> usable(heard).size() == 1);
        eventually(() -> consul.events.stream().anyMatch(event -> event.kind() == DiscoveryEvent.Kind.NODE_RECOVERED));
    }

    @Test
    void tagsChooseInstancesOfOneServiceOrOfAll() {
        api.register(ConsulRegistration.of("tagged-a", "a1", "10.0.1.1", 80).tags("primary", "blue"));
        api.register(ConsulRegistration.of("tagged-a", "a2", "10.0.1.2", 80).tags("primary", "old"));
        api.register(ConsulRegistration.of("tagged-b", "b1", "10.0.1.3", 80).tags("primary"));
        api.register(ConsulRegistration.of("tagged-c", "c1", "10.0.1.4", 80).tags("blue"));
        ConsulSource ofOne = new ConsulSource("tagged-a", "primary and not old", List.of(), "", "", "", 0);
        Heard one = consul.start(agents(agent.address()), ofOne);
        Heard all = consul.start(agents(agent.address()), tags("primary and not old"));
        Heard either = consul.start(agents(agent.address()), tags("primary or blue"));
        eventually(() -> addresses(one).equals(List.of("10.0.1.1")));
        eventually(() -> addresses(all).equals(List.of("10.0.1.1", "10.0.1.3")));
        eventually(() -> addresses(either).equals(List.of("10.0.1.1", "10.0.1.2", "10.0.1.3", "10.0.1.4")));
        api.register(ConsulRegistration.of("tagged-d", "d1", "10.0.1.5", 80).tags("primary"));
        soon(() -> addresses(all).equals(List.of("10.0.1.1", "10.0.1.3", "10.0.1.5")));
        api.deregister("b1");
        soon(() -> addresses(all).equals(List.of("10.0.1.1", "10.0.1.5")));
        assertThat(all.failures).isEmpty();
    }

    @Test
    void metadataAndFilterChooseInstances() {
        api.register(ConsulRegistration.of("meta", "m1", "10.0.2.1", 80).meta(Map.of("app", "vvm", "tier", "front")));
        api.register(ConsulRegistration.of("meta", "m2", "10.0.2.2", 81).meta(Map.of("app", "vvm")));
        List<KeyValue> wanted = List.of(new KeyValue("app", "vvm"), new KeyValue("tier", "front"));
        Heard byMeta = consul.start(agents(agent.address()), new ConsulSource("", "", wanted, "", "", "", 0));
        Heard byFilter = consul.start(
                agents(agent.address()), new ConsulSource("meta", "", List.of(), "Service.Port == 81", "", "", 0));
        eventually(() -> addresses(byMeta).equals(List.of("10.0.2.1")));
        eventually(() -> addresses(byFilter).equals(List.of("10.0.2.2")));
    }

    @Test
    void aTaggedAddressAndAPortOverrideWhatWasRegistered() {
        api.register(ConsulRegistration.of("placed", "p1", "10.0.3.1", 80).tagged("wan", "192.0.2.1", 8080));
        api.register(ConsulRegistration.of("placed", "p2", "10.0.3.2", 80));
        Heard wan = consul.start(agents(agent.address()), new ConsulSource("placed", "", List.of(), "", "wan", "", 0));
        Heard port = consul.start(agents(agent.address()), new ConsulSource("placed", "", List.of(), "", "", "", 9000));
        eventually(() -> wan.latest().size() == 2 && port.latest().size() == 2);
        assertThat(wan.latest())
                .extracting(endpoint -> endpoint.address().toString())
                .containsExactly("/10.0.3.2:80", "/192.0.2.1:8080");
        assertThat(port.latest())
                .extracting(endpoint -> endpoint.address().toString())
                .containsExactly("/10.0.3.1:9000", "/10.0.3.2:9000");
    }

    @Test
    void anInstanceWithoutAnAddressIsWhereItsNodeIs() {
        api.register(ConsulRegistration.of("homeless", "h1", "", 80));
        Heard heard = consul.start(agents(agent.address()), service("homeless"));
        eventually(() -> addresses(heard).equals(List.of("127.0.0.1")));
    }

    @Test
    void anAddressThatIsANameIsLeftOutAndIsAFailureOnlyWhenNothingElseIsThere() {
        api.register(ConsulRegistration.of("named", "n1", "vvm.example.org", 80));
        Heard heard = consul.start(agents(agent.address()), service("named"));
        eventually(() -> !heard.failures.isEmpty());
        assertThat(heard.failures.get(0)).contains("n1").contains("vvm.example.org");
        assertThat(heard.sets).isEmpty();
        api.register(ConsulRegistration.of("named", "n2", "10.0.4.1", 80));
        soon(() -> addresses(heard).equals(List.of("10.0.4.1")));
    }

    @Test
    void ofTwoInstancesAtOneAddressTheHealthierCounts() {
        api.register(ConsulRegistration.of("twice", "twice-1", "10.0.5.1", 80).checked("critical"));
        api.register(ConsulRegistration.of("twice", "twice-2", "10.0.5.1", 80).checked("passing"));
        Heard heard = consul.start(agents(agent.address()), service("twice"));
        eventually(() -> heard.latest().size() == 1);
        assertThat(heard.latest().get(0).health()).isEqualTo(Health.PASSING);
    }

    @Test
    void changesAreHeardAtOnce() {
        Heard heard = consul.start(agents(agent.address()), service("timed"));
        eventually(() -> !heard.sets.isEmpty());
        for (int i = 1; i <= CHANGES; i++) {
            int expected = i;
            api.register(ConsulRegistration.of("timed", "timed-" + i, "10.0.6." + i, 80));
            soon(() -> heard.latest().size() == expected);
        }
        assertThat(heard.failures).isEmpty();
    }

    private static void putNode(String node, String serf) {
        api.catalog(Map.of(
                "Node",
                node,
                "Address",
                "10.0.9.9",
                "Service",
                Map.of("Service", "on-dead-node", "ID", "d1", "Port", 80),
                "Checks",
                List.of(
                        Map.of("Node", node, "CheckID", "serfHealth", "Name", "Serf", "Status", serf),
                        Map.of(
                                "Node",
                                node,
                                "CheckID",
                                "own",
                                "Name",
                                "own",
                                "Status",
                                "passing",
                                "ServiceID",
                                "d1"))));
    }

    private static boolean is(Heard heard, Health health, int weight) {
        return heard.latest().size() == 1
                && heard.latest().get(0).health() == health
                && heard.latest().get(0).weight() == weight;
    }
}
