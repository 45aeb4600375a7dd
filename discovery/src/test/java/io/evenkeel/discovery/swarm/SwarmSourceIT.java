package io.evenkeel.discovery.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.config.ClientTlsConfig;
import io.evenkeel.config.EndpointSourceConfig.SwarmSource;
import io.evenkeel.config.SwarmConfig;
import io.evenkeel.discovery.EndpointSource;
import io.evenkeel.discovery.NodeRegistry;
import io.evenkeel.discovery.testing.EndpointSourceContract;
import io.evenkeel.discovery.testing.FakeEngine;
import io.evenkeel.discovery.testing.FakeSwarm;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A source over two engines, of which the first may fail. */
class SwarmSourceIT extends EndpointSourceContract {

    private final FakeSwarm swarm = new FakeSwarm()
            .node("node-1", "10.99.0.1")
            .service("vvm", 2, "evenkeel.upstream", "vvm", "evenkeel.port", "80")
            .task("t1", "vvm", "node-1", "front=10.0.0.1")
            .task("t2", "vvm", "node-1", "front=10.0.0.2");
    private final FakeEngine first = FakeEngine.onTcp().shows(swarm);
    private final FakeEngine second = FakeEngine.onTcp().shows(swarm);
    private final SwarmSources sources =
            new SwarmSources(control, new SplittableRandom(3), new NodeRegistry(control, event -> {}));

    @Override
    protected EndpointSource source() {
        return sources.source(
                new SwarmConfig(
                        List.of(first.engine(), second.engine()),
                        ClientTlsConfig.defaults(),
                        "",
                        false,
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(2)),
                new SwarmSource(List.of(), "vvm", 0, ""));
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    @Test
    void aTaskThatIsToldToStopIsGoneByTheEventAndNotByTheNextLook() {
        EndpointSource source = source();
        onControl(() -> source.start(heard));
        await().atMost(PATIENCE).until(() -> heard.latest().size() == 2 && first.streams() == 1);

        first.shows(swarm.taskIs("t1", "shutdown", "running"));
        first.announces("{\"Type\":\"service\",\"Action\":\"update\"}");
        await().pollInterval(Duration.ofMillis(10))
                .atMost(PATIENCE)
                .until(() -> heard.latest().size() == 1);
        onControl(source::close);
    }

    @Test
    void anEngineWithoutALeaderIsNoFailureWhileAnotherHasOne() {
        first.is(FakeEngine.Mood.NO_LEADER);
        EndpointSource source = source();
        onControl(() -> source.start(heard));
        await().atMost(PATIENCE).until(() -> heard.latest().size() == 2 && second.streams() == 1);
        assertThat(heard.failures).isEmpty();
        onControl(source::close);
    }

    @Test
    void anEngineThatDiesIsReplacedAndItsEventsComeFromTheOther() {
        EndpointSource source = source();
        onControl(() -> source.start(heard));
        await().atMost(PATIENCE).until(() -> heard.latest().size() == 2 && first.streams() == 1);

        first.close();
        await().atMost(PATIENCE).until(() -> second.streams() == 1);
        second.shows(swarm.withoutTask("t2"));
        second.announces("{\"Type\":\"service\",\"Action\":\"update\"}");
        await().atMost(PATIENCE).until(() -> heard.latest().size() == 1);
        assertThat(heard.failures).isEmpty();
        onControl(source::close);
    }

    @Test
    void nothingIsForgottenWhileNobodyAnswers() {
        EndpointSource source = source();
        onControl(() -> source.start(heard));
        await().atMost(PATIENCE).until(() -> heard.latest().size() == 2);

        first.is(FakeEngine.Mood.CUT_OFF);
        second.is(FakeEngine.Mood.NOT_A_MANAGER);
        first.dropsStreams();
        await().atMost(PATIENCE).until(() -> !heard.failures.isEmpty());
        assertThat(heard.failures.get(0)).contains(first.engine(), "; ", second.engine(), "not a swarm manager");
        assertThat(heard.latest()).hasSize(2);

        first.is(FakeEngine.Mood.WELL);
        int before = heard.sets.size();
        await().atMost(PATIENCE).until(() -> heard.sets.size() > before);
        assertThat(heard.latest()).hasSize(2);
        onControl(source::close);
    }
}
