package io.evenkeel.rebalancer.plan;

import static io.evenkeel.rebalancer.plan.Sample.ofNodes;
import static io.evenkeel.rebalancer.plan.Sample.service;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SwarmModelTest {

    private static Set<String> placements(Sample sample, Service service) {
        return SwarmModel.placements(sample.build(), service);
    }

    private static Set<String> removals(Sample sample) {
        Cluster cluster = sample.build();
        return SwarmModel.removals(cluster, cluster.services().get(0));
    }

    @Test
    void theNodeWithTheFewestTasksOfTheServiceComesFirst() {
        Sample sample = ofNodes("a", "b").service("web", "a").service("other", "b b b");
        assertThat(placements(sample, service("web", 2))).containsExactly("b");
    }

    @Test
    void amongTheseTheOneWithTheFewestTasksInAllAndThenChance() {
        Sample sample = ofNodes("a", "b", "c").service("other", "a");
        assertThat(placements(sample, service("web", 1))).containsExactlyInAnyOrder("b", "c");
    }

    @Test
    void aTaskThatFitsNowhereStaysPending() {
        Service limited = service("web", 3, Sample.atMost(1));
        assertThat(placements(ofNodes("a", "b").service(limited, "a b"), limited))
                .isEmpty();
    }

    @Test
    void aZoneWithFewerTasksComesBeforeANodeWithFewer() {
        Service web = service("web", 4, Sample.spread("node.labels.zone"));
        Sample sample = new Sample()
                .node("a1", Map.of("zone", "a"))
                .node("a2", Map.of("zone", "a"))
                .node("b1", Map.of("zone", "b"))
                .service(web, "a1 a1 b1");
        assertThat(placements(sample, web)).containsExactly("b1");
    }

    @Test
    void aZoneWithoutRoomIsPassedOver() {
        Service web = service("web", 4, Sample.spread("node.labels.zone"));
        Sample sample = new Sample()
                .node("a1", Map.of("zone", "a"))
                .down("b1")
                .node("c1", Map.of("zone", "c"))
                .service(web, "a1");
        assertThat(placements(sample, web)).containsExactly("c1");
    }

    @Test
    void theHighestSlotOnTheNodesWithTheMostGoes() {
        assertThat(removals(ofNodes("a", "b", "c").service("web", "a b a b c"))).containsExactly("web.4");
    }

    @Test
    void aTaskWithoutANodeGoesFirst() {
        assertThat(removals(ofNodes("a", "b").service("web", "- a a a b"))).containsExactly("web.1");
    }

    @Test
    void amongNodesThatAreAlikeChanceDecidesAboveTwelveTasks() {
        assertThat(removals(ofNodes("a", "b").service("web", "a b a b a b a b a b a b a b")))
                .containsExactlyInAnyOrder("web.13", "web.14");
    }

    @ParameterizedTest
    @CsvSource({
        "node.id==a, true",
        "node.id == A, true",
        "NODE.HOSTNAME!=a, false",
        "node.role==worker, true",
        "node.role==manager, false",
        "node.platform.os==linux, true",
        "node.platform.arch==x86_64, true",
        "node.platform.arch==amd64, false",
        "node.labels.disk==SSD, true",
        "node.labels.Disk==ssd, false",
        "node.labels.none!=x, true",
        "engine.labels.none==x, false",
        "node.nonsense!=x, false",
        "node.id=a, false",
        "node.ip==10.0.0.1, false",
    })
    void constraintsAreReadAsSwarmReadsThem(String constraint, boolean matches) {
        Sample sample = new Sample().node("a", Map.of("disk", "ssd"));
        assertThat(placements(sample, service("web", 1, Sample.constrained(constraint))))
                .hasSize(matches ? 1 : 0);
    }

    @Test
    void anImageForAmd64RunsWhereTheNodeSaysX8664() {
        Placement amd64 = new Placement(List.of(), List.of(), 0, List.of(new Platform("linux", "amd64")), Set.of());
        Placement arm64 = new Placement(List.of(), List.of(), 0, List.of(new Platform("linux", "arm64")), Set.of());
        assertThat(placements(ofNodes("a"), service("web", 1, amd64))).containsExactly("a");
        assertThat(placements(ofNodes("a"), service("web", 1, arm64))).isEmpty();
    }
}
