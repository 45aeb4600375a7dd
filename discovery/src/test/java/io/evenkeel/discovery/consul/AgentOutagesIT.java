package io.evenkeel.discovery.consul;

import static io.evenkeel.discovery.consul.ConsulFixture.addresses;
import static io.evenkeel.discovery.consul.ConsulFixture.agents;
import static io.evenkeel.discovery.consul.ConsulFixture.eventually;
import static io.evenkeel.discovery.consul.ConsulFixture.service;
import static io.evenkeel.discovery.consul.ConsulFixture.soon;
import static io.evenkeel.discovery.consul.ConsulFixture.tags;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.discovery.testing.ConsulAgent;
import io.evenkeel.discovery.testing.ConsulCluster;
import io.evenkeel.discovery.testing.ConsulRegistration;
import io.evenkeel.discovery.testing.ConsulSettings;
import io.evenkeel.discovery.testing.Heard;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real agents and servers that die, freeze, forget and come back. */
class AgentOutagesIT {

    private final ConsulFixture consul = new ConsulFixture();

    @AfterEach
    void stop() {
        consul.close();
    }

    @Test
    void anAgentThatIsKilledAndForgotEverythingIsNeverHeardAsEmptyWithoutAFailureBefore() {
        try (ConsulAgent agent = ConsulAgent.started()) {
            agent.api().register(vvm(1));
            Heard heard = consul.start(agents(agent.address()), service("vvm"));
            eventually(() -> addresses(heard).equals(List.of("10.0.0.1")));
            agent.kill();
            soon(() -> !heard.failures.isEmpty());
            assertThat(heard.failures.get(0)).contains("127.0.0.1:" + agent.port());
            eventually(() -> heard.failures.contains("127.0.0.1:" + agent.port() + ": connection refused"));
            assertThat(addresses(heard)).containsExactly("10.0.0.1");
            agent.start();
            soon(() -> heard.latest().isEmpty());
            agent.api().register(vvm(2));
            soon(() -> addresses(heard).equals(List.of("10.0.0.2")));
        }
    }

    @Test
    void aMemoryThatWasLostBehindAnAgentIsTold() {
        try (ConsulAgent agent = ConsulAgent.started()) {
            for (int i = 1; i <= 30; i++) { // so that a new memory is younger for certain
                agent.api().register(vvm(i));
            }
            Heard heard = consul.start(agents(agent.address()), service("vvm"));
            eventually(() -> heard.latest().size() == 30);
            agent.restart();
            eventually(() -> heard.latest().isEmpty());
            assertThat(heard.failures).anyMatch(line -> line.contains("index went back from"));
        }
    }

    @Test
    void anAgentThatFreezesIsNoticedThoughNothingWasDue() throws Exception {
        try (ConsulAgent agent = ConsulAgent.started()) {
            agent.api().register(vvm(1));
            Heard heard = consul.start(agents(agent.address()), service("vvm"));
            eventually(() -> addresses(heard).equals(List.of("10.0.0.1")));
            agent.freeze();
            eventually(() -> !heard.failures.isEmpty());
            assertThat(heard.failures.get(0)).contains("no whole answer within 1 s");
            agent.thaw();
            agent.api().register(vvm(2));
            soon(() -> addresses(heard).equals(List.of("10.0.0.1", "10.0.0.2")));
        }
    }

    @Test
    void theNextAgentIsAskedWhenOneFailsAndTheFirstOnlyWhenThatFailsToo() {
        try (ConsulAgent first = ConsulAgent.started(ConsulSettings.plain().named("first"));
                ConsulAgent second = ConsulAgent.started(ConsulSettings.plain().named("second"))) {
            first.api().register(vvm(1));
            second.api().register(vvm(2));
            Heard heard = consul.start(agents(first.address(), second.address()), service("vvm"));
            eventually(() -> addresses(heard).equals(List.of("10.0.0.1")));
            first.kill();
            soon(() -> addresses(heard).equals(List.of("10.0.0.2")));
            first.start();
            first.api().register(vvm(3));
            second.api().register(vvm(4));
            soon(() -> addresses(heard).equals(List.of("10.0.0.2", "10.0.0.4")));
            second.kill();
            soon(() -> addresses(heard).equals(List.of("10.0.0.3")));
        }
    }

    @Test
    void servicesChosenByTagsSurviveAnOutageToo() {
        try (ConsulAgent agent = ConsulAgent.started()) {
            agent.api().register(vvm(1).tags("primary"));
            Heard heard = consul.start(agents(agent.address()), tags("primary"));
            eventually(() -> addresses(heard).equals(List.of("10.0.0.1")));
            agent.kill();
            soon(() -> !heard.failures.isEmpty());
            agent.start();
            agent.api().register(vvm(2).tags("primary"));
            soon(() -> addresses(heard).equals(List.of("10.0.0.2")));
            int failures = heard.failures.size();
            assertThat(failures).isPositive();
        }
    }

    @Test
    void serversWithoutALeaderKeepTheLastGoodSet() {
        try (ConsulCluster servers = ConsulCluster.started()) {
            servers.api(0).register(vvm(1));
            Heard heard = consul.start(agents(servers.address(0)), service("vvm"));
            eventually(() -> addresses(heard).equals(List.of("10.0.0.1")));
            servers.kill(1);
            servers.kill(2);
            eventually(() -> heard.failures.stream().anyMatch(line -> line.contains("leader")));
            assertThat(addresses(heard)).containsExactly("10.0.0.1");
            assertThat(heard.sets).noneMatch(List::isEmpty);
            servers.start(1);
            servers.start(2);
            servers.awaitLeader(0, 1, 2);
            servers.api(0).register(vvm(2));
            eventually(() -> addresses(heard).equals(List.of("10.0.0.1", "10.0.0.2")));
        }
    }

    private static ConsulRegistration vvm(int number) {
        return ConsulRegistration.of("vvm", "vvm-" + number, "10.0.0." + number, 80);
    }
}
