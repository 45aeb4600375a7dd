package io.evenkeel.discovery.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.EndpointSourceConfig.SwarmSource;
import io.evenkeel.config.SwarmConfig;
import io.evenkeel.discovery.DiscoveryEvent;
import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.EndpointSource;
import io.evenkeel.discovery.NodeRegistry;
import io.evenkeel.discovery.testing.FakeSwarm;
import io.evenkeel.discovery.testing.Heard;
import io.evenkeel.discovery.testing.VirtualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How sources follow a cluster, in virtual time. */
class SwarmSourcesTest {

    private static final SwarmConfig CONFIG = SwarmConfig.defaults();
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualScheduler scheduler = new VirtualScheduler();
    private final List<DiscoveryEvent> nodeEvents = new ArrayList<>();
    private final NodeRegistry nodes = new NodeRegistry(scheduler, nodeEvents::add);
    private final FakeSwarm swarm = new FakeSwarm()
            .node("node-1", "10.99.0.1")
            .node("node-2", "10.99.0.2")
            .service("vvm", 2)
            .task("t1", "vvm", "node-1", "front=10.0.1.1")
            .task("t2", "vvm", "node-2", "front=10.0.1.2");
    private final ScriptedSwarm client = new ScriptedSwarm(swarm);
    private final SwarmSources sources = new SwarmSources(scheduler, new SplittableRandom(7), nodes, config -> client);
    private final Heard heard = new Heard();
    private final EndpointSource source = source("vvm");

    @Test
    void theFirstLookIsToldAndBarelyAnythingIsAskedOfAQuietCluster() {
        source.start(heard);
        assertThat(latest()).containsExactly("10.0.1.1", "10.0.1.2");
        scheduler.advance(SECOND.multipliedBy(120));
        int early = client.reads.size();
        scheduler.advance(Duration.ofMinutes(10));
        assertThat(client.reads.size() - early).isBetween(30, 41);
    }

    @Test
    void aNewTaskTakesTrafficWithinASecondOfAnEventAndAnOldOneLeavesAsFast() {
        source.start(heard);
        scheduler.advance(Duration.ofMinutes(10));

        swarm.taskIs("t1", "shutdown", "running");
        client.event();
        scheduler.advance(Duration.ofMillis(300));
        assertThat(latest()).containsExactly("10.0.1.2");

        swarm.task("t3", "vvm", "node-1", "front=10.0.1.3").taskIs("t3", "running", "preparing");
        scheduler.advance(SECOND.multipliedBy(9));
        swarm.taskIs("t3", "running", "running");
        scheduler.advance(SECOND);
        assertThat(latest()).containsExactly("10.0.1.2", "10.0.1.3");
    }

    @Test
    void aRolloutThatPausesBetweenTasksIsStillFollowedClosely() {
        source.start(heard);
        swarm.update("vvm", "updating");
        client.event();
        scheduler.advance(SECOND.multipliedBy(40));
        swarm.taskIs("t2", "shutdown", "running");
        scheduler.advance(Duration.ofMillis(2_300));
        assertThat(latest()).containsExactly("10.0.1.1");
    }

    @Test
    void aTaskThatNeverStartsIsNotAskedForEverySecondForEver() {
        swarm.service("vvm", 3);
        source.start(heard);
        scheduler.advance(Duration.ofMinutes(10));
        client.reads.clear();
        scheduler.advance(Duration.ofMinutes(5));
        assertThat(client.reads).hasSizeLessThan(25);
    }

    @Test
    void betweenEventsOnlyTasksAreAskedForButNowAndThenEverything() {
        source.start(heard);
        scheduler.advance(SECOND);
        client.reads.clear();
        scheduler.advance(SECOND.multipliedBy(10));
        assertThat(client.reads).isNotEmpty().containsOnly("tasks");
        scheduler.advance(SECOND.multipliedBy(30));
        assertThat(client.reads).contains("everything");
    }

    @Test
    void manyEventsAtOnceAreOneLook() {
        source.start(heard);
        scheduler.advance(Duration.ofMinutes(5));
        client.reads.clear();
        for (int i = 0; i < 100; i++) {
            client.event();
        }
        scheduler.advance(Duration.ofMillis(400));
        assertThat(client.reads).containsExactly("everything");
    }

    @Test
    void aFailureIsToldAndWhatWasKnownStaysUntilThereIsAnAnswerAgain() {
        source.start(heard);
        client.trouble = "unix:/x: GET /v1.41/tasks: 500 The swarm does not have a leader.";
        swarm.withoutTask("t1");
        scheduler.advance(SECOND.multipliedBy(20));
        assertThat(heard.failures).isNotEmpty().containsOnly(client.trouble);
        assertThat(latest()).containsExactly("10.0.1.1", "10.0.1.2");

        client.trouble = null;
        scheduler.advance(SECOND.multipliedBy(17));
        assertThat(latest()).containsExactly("10.0.1.2");
    }

    @Test
    void failuresBackOff() {
        client.trouble = "nobody";
        source.start(heard);
        scheduler.advance(SECOND.multipliedBy(8));
        assertThat(heard.failures).hasSizeBetween(4, 6);
        scheduler.advance(Duration.ofMinutes(2));
        int early = heard.failures.size();
        scheduler.advance(Duration.ofMinutes(10));
        assertThat(heard.failures.size() - early).isBetween(35, 41);
    }

    @Test
    void aStreamThatBreaksIsOpenedAnewAndWhatItMissedIsFound() {
        source.start(heard);
        scheduler.advance(Duration.ofMinutes(5));
        swarm.withoutTask("t1");
        client.streamBreaks();
        assertThat(client.follows).isEqualTo(1);
        scheduler.advance(SECOND);
        assertThat(client.follows).isEqualTo(2);
        assertThat(latest()).containsExactly("10.0.1.2");
        assertThat(heard.failures).isEmpty();
    }

    @Test
    void aStreamThatIsOldIsFollowedByANewOneAtOnce() {
        source.start(heard);
        client.streamEnds();
        assertThat(client.follows).isEqualTo(2);
    }

    @Test
    void withoutEventsChangesAreFoundByLooking() {
        client.deaf = "GET /v1.41/events: 403 Forbidden";
        source.start(heard);
        scheduler.advance(Duration.ofMinutes(5));
        swarm.withoutTask("t2");
        scheduler.advance(SECOND.multipliedBy(17));
        assertThat(latest()).containsExactly("10.0.1.1");
        assertThat(heard.failures).isEmpty();
        assertThat(client.follows).isBetween(20, 40);
    }

    @Test
    void aServiceThatWasNeverThereIsAFailureButOneThatLeftHasNoEndpoints() {
        Heard missing = new Heard();
        source("vvn").start(missing);
        assertThat(missing.failures).containsExactly("there is no service vvn");
        assertThat(missing.sets).isEmpty();

        source.start(heard);
        swarm.without("vvm");
        client.event();
        scheduler.advance(SECOND);
        assertThat(heard.latest()).isEmpty();
        assertThat(heard.sets).hasSizeGreaterThan(1);
    }

    @Test
    void aServiceWithoutTasksAtTheStartIsAnAnswer() {
        swarm.service("idle", 0);
        Heard idle = new Heard();
        source("idle").start(idle);
        assertThat(idle.sets).containsExactly(List.of());
        assertThat(idle.failures).isEmpty();
    }

    @Test
    void tasksThatServeButCannotBeDialledAreAFailureAndNotNoEndpoints() {
        source.start(heard);
        swarm.task("t1", "vvm", "node-1", "front=10.0.1.1", "back=10.0.2.1").withoutTask("t2");
        client.event();
        scheduler.advance(SECOND);
        assertThat(latest()).containsExactly("10.0.1.1", "10.0.1.2");
        assertThat(heard.failures).first().asString().startsWith("service vvm is on networks front and back");
    }

    @Test
    void nodesAreReportedWithTheirEdges() {
        source.start(heard);
        swarm.nodeIs("node-2", "down", "active");
        client.event();
        scheduler.advance(SECOND);
        swarm.nodeIs("node-2", "ready", "active").nodeIs("node-1", "ready", "drain");
        client.event();
        scheduler.advance(SECOND);
        assertThat(nodeEvents)
                .extracting(event -> event.kind() + " " + event.node() + " " + event.source() + " " + event.reason())
                .containsExactly(
                        "NODE_FAILED node-2 swarm down, active",
                        "NODE_FAILED node-1 swarm ready, drain",
                        "NODE_RECOVERED node-2 swarm ready, active");
    }

    @Test
    void aNewLeaderThatKnowsNothingOfANodeYetIsNoEdge() {
        swarm.nodeIs("node-2", "down", "active");
        source.start(heard);
        swarm.nodeIs("node-1", "unknown", "active").nodeIs("node-2", "unknown", "active");
        client.event();
        scheduler.advance(SECOND);
        assertThat(nodeEvents).isEmpty();
        assertThat(heard.latest()).extracting(Endpoint::health).containsOnly(Endpoint.Health.PASSING);
    }

    @Test
    void sourcesOfOneClusterShareItAndTheLastOneClosesIt() {
        EndpointSource other = source("vvm");
        Heard alsoHeard = new Heard();
        source.start(heard);
        int reads = client.reads.size();
        other.start(alsoHeard);
        assertThat(client.reads).hasSize(reads);
        assertThat(alsoHeard.sets).isNotEmpty();

        source.close();
        assertThat(client.closed).isFalse();
        other.close();
        assertThat(client.closed).isTrue();
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(client.reads).hasSize(reads);
        assertThat(scheduler.waitingTasks()).isZero();
    }

    private EndpointSource source(String service) {
        return sources.source(CONFIG, new SwarmSource(List.of(service), "", 80, ""));
    }

    private List<String> latest() {
        return heard.latest().stream()
                .map(endpoint -> endpoint.address().getAddress().getHostAddress())
                .toList();
    }
}
