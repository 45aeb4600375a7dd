package io.evenkeel.discovery.consul;

import static io.evenkeel.discovery.consul.ConsulFixture.addresses;
import static io.evenkeel.discovery.consul.ConsulFixture.agents;
import static io.evenkeel.discovery.consul.ConsulFixture.eventually;
import static io.evenkeel.discovery.consul.ConsulFixture.service;
import static io.evenkeel.discovery.consul.ConsulFixture.soon;
import static io.evenkeel.discovery.consul.ConsulFixture.withWatches;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.EndpointSourceConfig.ConsulSource;
import io.evenkeel.discovery.testing.ConsulAgent;
import io.evenkeel.discovery.testing.ConsulRegistration;
import io.evenkeel.discovery.testing.FaultyHttp;
import io.evenkeel.discovery.testing.Heard;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.kiwiproject.consul.model.agent.ImmutableRegistration;

/** What sources have in common, and what is left when they are gone. */
class SharingIT {

    @SuppressWarnings("NullAway.Init") // started before all
    private static ConsulAgent agent;

    private final ConsulFixture consul = new ConsulFixture();
    private final FaultyHttp proxy = new FaultyHttp(agent.address());

    @BeforeAll
    static void startConsul() {
        agent = ConsulAgent.started();
        agent.api()
                .register(ConsulRegistration.of("vvm", "vvm-1", "10.0.0.1", 80).tags("blue"));
    }

    @AfterAll
    static void stopConsul() {
        agent.close();
    }

    @AfterEach
    void stop() {
        consul.close();
        proxy.close();
    }

    @Test
    void twoSourcesOfOneServiceShareOneWatch() {
        Heard one = consul.start(agents(proxy.address()), service("vvm"));
        eventually(() -> addresses(one).equals(List.of("10.0.0.1")));
        Heard other =
                consul.start(agents(proxy.address()), new ConsulSource("vvm", "not blue", List.of(), "", "", "", 0));
        assertThat(other.sets).as("told before start returned").containsExactly(List.of());
        assertThat(proxy.asked().stream().filter(request -> request.equals("/v1/health/service/vvm")))
                .hasSize(1);
    }

    @Test
    void theLastSourceThatClosesEndsEveryConnection() {
        Heard one = consul.start(agents(proxy.address()), service("vvm"));
        Heard other = consul.start(withWatches(agents(proxy.address()), 8), service("vvm"));
        eventually(() -> !one.sets.isEmpty() && !other.sets.isEmpty());
        consul.stop(0);
        int told = one.sets.size();
        agent.api().register(ConsulRegistration.of("vvm", "vvm-1", "10.0.0.1", 80));
        soon(() -> other.latest().get(0).tags().isEmpty());
        assertThat(one.sets).hasSize(told);
        consul.stop(1);
        eventually(() -> proxy.connections() == 0);
    }

    @Test
    void whenAServiceIsLeftItsWatchIsFreeForAnother() {
        Heard one = consul.start(withWatches(agents(proxy.address()), 4), service("vvm"));
        eventually(() -> !one.sets.isEmpty());
        consul.start(withWatches(agents(proxy.address()), 4), service("kept"));
        consul.stop(0);
        Heard other = consul.start(withWatches(agents(proxy.address()), 4), service("vvm"));
        eventually(() -> addresses(other).equals(List.of("10.0.0.1")));
        assertThat(proxy.connections()).isLessThanOrEqualTo(4 + AgentConnections.PROMPT);
    }

    @Test
    void aDatacenterIsNamedAndOneThatIsUnknownIsAFailure() {
        ConsulSource own = new ConsulSource("vvm", "", List.of(), "", "", "dc1", 0);
        ConsulSource unknown = new ConsulSource("vvm", "", List.of(), "", "", "atlantis", 0);
        assertThat(consul.sources.source(agents(agent.address()), own).name()).isEqualTo("consul:vvm@dc1");
        Heard here = consul.start(agents(agent.address()), own);
        Heard nowhere = consul.start(agents(agent.address()), unknown);
        eventually(() -> addresses(here).equals(List.of("10.0.0.1")) && !nowhere.failures.isEmpty());
        assertThat(nowhere.failures.get(0)).contains("500 No path to datacenter");
        assertThat(nowhere.sets).isEmpty();
    }

    @Test
    void aFilterThatTheAgentDoesNotUnderstandIsAFailureInItsWords() {
        ConsulSource bad = new ConsulSource("vvm", "", List.of(), "Service.Prot == 1", "", "", 0);
        Heard heard = consul.start(agents(agent.address()), bad);
        eventually(() -> !heard.failures.isEmpty());
        assertThat(heard.failures.get(0))
                .contains("/v1/health/service/vvm: ")
                .contains("Selector \"Service.Prot\" is not valid");
    }

    @Test
    void theClientOfTheCurrentAgentRegistersAndTheNextOneIsTakenAfterAFailure() {
        try (ConsulAgents agents = new ConsulAgents(agents("127.0.0.1:1", agent.address()))) {
            assertThat(agents.name()).isEqualTo("127.0.0.1:1");
            agents.failed("127.0.0.1:1");
            agents.failed("127.0.0.1:1");
            assertThat(agents.name()).as("a second complaint about the first").isEqualTo(agent.address());
            agents.client()
                    .agentClient()
                    .register(ImmutableRegistration.builder()
                            .id("by-client")
                            .name("by-client")
                            .address("10.0.0.7")
                            .port(80)
                            .build());
            Heard heard = consul.start(agents(agent.address()), service("by-client"));
            eventually(() -> addresses(heard).equals(List.of("10.0.0.7")));
        }
    }
}
