package io.evenkeel.discovery;

import static io.evenkeel.discovery.DiscoveryEvent.Kind.NODE_FAILED;
import static io.evenkeel.discovery.DiscoveryEvent.Kind.NODE_RECOVERED;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.discovery.testing.VirtualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeRegistryTest {

    private final VirtualScheduler scheduler = new VirtualScheduler();
    private final List<DiscoveryEvent> events = new ArrayList<>();
    private final NodeRegistry nodes = new NodeRegistry(scheduler, events::add);

    @Test
    void theEdgeBetweenTwoReportsIsTheEvent() {
        nodes.report("consul", List.of(up("n1"), up("n2")));
        scheduler.advance(Duration.ofSeconds(5));
        nodes.report("consul", List.of(up("n1"), down("n2")));
        nodes.report("consul", List.of(up("n1"), down("n2")));
        nodes.report("consul", List.of(up("n1"), up("n2")));

        assertThat(events)
                .containsExactly(
                        new DiscoveryEvent(at(5), NODE_FAILED, "", "", "n2", "consul", "not live"),
                        new DiscoveryEvent(at(5), NODE_RECOVERED, "", "", "n2", "consul", "alive"));
    }

    @Test
    void aNodeThatIsNewOrLeftIsNoEvent() {
        nodes.report("consul", List.of(down("n1")));
        nodes.report("consul", List.of());
        nodes.report("consul", List.of(up("n1")));

        assertThat(events).isEmpty();
    }

    @Test
    void eachSourceHasItsOwnView() {
        nodes.report("consul", List.of(up("n1")));
        nodes.report("swarm", List.of(down("n1")));

        assertThat(events).isEmpty();
        assertThat(nodes.status("swarm", "n1")).isEqualTo(down("n1"));
        assertThat(nodes.status("consul", "n1")).isEqualTo(up("n1"));
        assertThat(nodes.status("consul", "n2")).isNull();
    }

    @Test
    void whatEverybodyReadsIsTheLastReportOfEachSource() {
        nodes.report("swarm", List.of(down("n1")));
        nodes.report("consul", List.of(up("n2"), up("n1")));
        Map<String, List<NodeStatus>> before = nodes.nodes();
        nodes.report("consul", List.of(down("n1")));

        assertThat(before).containsEntry("consul", List.of(up("n2"), up("n1")));
        assertThat(nodes.nodes())
                .containsOnly(Map.entry("swarm", List.of(down("n1"))), Map.entry("consul", List.of(down("n1"))));
    }

    private static NodeStatus up(String name) {
        return new NodeStatus(name, true, "alive");
    }

    private static NodeStatus down(String name) {
        return new NodeStatus(name, false, "not live");
    }

    private static Instant at(int second) {
        return Instant.ofEpochSecond(second);
    }
}
