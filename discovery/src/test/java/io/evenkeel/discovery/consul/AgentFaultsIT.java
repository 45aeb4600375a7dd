package io.evenkeel.discovery.consul;

import static io.evenkeel.discovery.consul.ConsulFixture.PATIENCE;
import static io.evenkeel.discovery.consul.ConsulFixture.addresses;
import static io.evenkeel.discovery.consul.ConsulFixture.agents;
import static io.evenkeel.discovery.consul.ConsulFixture.eventually;
import static io.evenkeel.discovery.consul.ConsulFixture.service;
import static io.evenkeel.discovery.consul.ConsulFixture.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.discovery.testing.ConsulAgent;
import io.evenkeel.discovery.testing.ConsulRegistration;
import io.evenkeel.discovery.testing.FaultyHttp;
import io.evenkeel.discovery.testing.FaultyHttp.Fault;
import io.evenkeel.discovery.testing.Heard;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A source whose agent answers as agents do on their bad days, through a proxy that lies in front of a real one. */
class AgentFaultsIT {

    /** Longer than the pauses that are passed at first. */
    private static final Duration A_WHILE = Duration.ofMillis(500);

    /** Two watches and the pulse, each with ever longer pauses, ask far less often than this in {@link #A_WHILE}. */
    private static final int NOT_HOT = 40;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    @SuppressWarnings("NullAway.Init") // started before all
    private static ConsulAgent agent;

    private final ConsulFixture consul = new ConsulFixture();
    private final FaultyHttp proxy = new FaultyHttp(agent.address());
    private final String name = "faulty-" + NUMBER.incrementAndGet();

    @SuppressWarnings("NullAway.Init") // made before each
    private Heard heard;

    @BeforeAll
    static void startConsul() {
        agent = ConsulAgent.started();
    }

    @AfterAll
    static void stopConsul() {
        agent.close();
    }

    @BeforeEach
    void follow() {
        register("10.0.0.1");
        heard = consul.start(agents(proxy.address()), service(name));
        eventually(() -> addresses(heard).equals(List.of("10.0.0.1")));
    }

    @AfterEach
    void stop() {
        consul.close();
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "INDEX_RESET"})
    void aFaultIsToldOftenEnoughKeepsTheLastGoodSetAndIsNotMadeWorse(Fault fault) {
        proxy.fault(fault);
        eventually(() -> !heard.failures.isEmpty());
        int sets = heard.sets.size();
        int asked = proxy.asked().size();
        await().during(A_WHILE).atMost(PATIENCE).until(() -> heard.sets.size() == sets);
        assertThat(proxy.asked().size() - asked).as("questions meanwhile").isLessThan(NOT_HOT);
        assertThat(heard.failures).allSatisfy(line -> assertThat(line)
                .contains(proxy.address())
                .hasSizeLessThan(400)
                .doesNotContain("\n"));

        register("10.0.0.2");
        proxy.fault(Fault.NONE);
        soon(() -> addresses(heard).equals(List.of("10.0.0.1", "10.0.0.2")));
    }

    @Test
    void aServerThatForgotIsAFailureBeforeWhatItSaysIsPassedOn() {
        proxy.fault(Fault.INDEX_RESET, request -> request.contains("/health/service/"));
        eventually(() -> heard.latest().isEmpty());
        assertThat(heard.failures).isNotEmpty();
        assertThat(heard.failures.get(0)).contains("index went back from").contains(name);
        proxy.fault(Fault.NONE);
        soon(() -> addresses(heard).equals(List.of("10.0.0.1")));
    }

    @Test
    void whatIsWrongIsSaidInTheAgentsWords() {
        proxy.fault(Fault.STATUS_500);
        eventually(() -> !heard.failures.isEmpty());
        assertThat(heard.failures.get(0))
                .isEqualTo("http://" + proxy.address() + "/v1/health/service/" + name + ": 500 No cluster leader");
    }

    @Test
    void anAnswerWithoutEndIsNotReadToTheEnd() {
        proxy.fault(Fault.HUGE, request -> request.contains("/health/service/"));
        eventually(() -> heard.failures.stream().anyMatch(line -> line.endsWith(": more than 16 MiB")));
        assertThat(addresses(heard)).containsExactly("10.0.0.1");
    }

    @Test
    void connectionsThatAreCutAreOpenedAgain() {
        for (int i = 2; i <= 5; i++) {
            String next = "10.0.0." + i;
            proxy.cut();
            register(next);
            soon(() -> addresses(heard).contains(next));
        }
    }

    private void register(String address) {
        agent.api().register(ConsulRegistration.of(name, name + "-" + address, address, 80));
    }
}
