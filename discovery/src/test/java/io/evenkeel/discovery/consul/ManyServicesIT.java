package io.evenkeel.discovery.consul;

import static io.evenkeel.discovery.consul.ConsulFixture.addresses;
import static io.evenkeel.discovery.consul.ConsulFixture.agents;
import static io.evenkeel.discovery.consul.ConsulFixture.eventually;
import static io.evenkeel.discovery.consul.ConsulFixture.service;
import static io.evenkeel.discovery.consul.ConsulFixture.soon;
import static io.evenkeel.discovery.consul.ConsulFixture.usable;
import static io.evenkeel.discovery.consul.ConsulFixture.withWatches;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.config.ConsulConfig;
import io.evenkeel.discovery.testing.ConsulAgent;
import io.evenkeel.discovery.testing.ConsulApi;
import io.evenkeel.discovery.testing.ConsulRegistration;
import io.evenkeel.discovery.testing.FaultyHttp;
import io.evenkeel.discovery.testing.FaultyHttp.Fault;
import io.evenkeel.discovery.testing.Heard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A thousand services of a real agent, over few connections. */
class ManyServicesIT {

    private static final int SERVICES = 1_000;
    private static final int WATCHES = 16;

    @SuppressWarnings("NullAway.Init") // started before all
    private static ConsulAgent agent;

    @SuppressWarnings("NullAway.Init") // started before all
    private static ConsulApi api;

    private final ConsulFixture consul = new ConsulFixture();
    private final FaultyHttp proxy = new FaultyHttp(agent.address());
    private final ConsulConfig config = withWatches(agents(proxy.address()), WATCHES);
    private final List<Heard> heard = new ArrayList<>();

    @BeforeAll
    static void register() {
        agent = ConsulAgent.started();
        api = agent.api();
        for (int i = 0; i < SERVICES; i++) {
            api.register(at(i, "10.1." + i / 250 + "." + (1 + i % 250)).checked("passing"));
        }
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
    void aChangeInAnyOfThemIsHeardOverABoundedNumberOfConnections() {
        followAll();
        for (int i : new int[] {0, 500, 999}) {
            Heard changed = heard.get(i);
            api.check("id-" + i, "critical");
            soon(() -> usable(changed).isEmpty());
            api.check("id-" + i, "passing");
            soon(() -> usable(changed).size() == 1);
            api.register(at(i, "10.2.0.1"));
            soon(() -> addresses(changed).equals(List.of("10.2.0.1")));
            api.register(at(i, "10.2.0.2").meta(Map.of("only", "metadata and address")));
            soon(() -> addresses(changed).equals(List.of("10.2.0.2")));
        }
        api.maintainNode(true);
        soon(() -> heard.stream().allMatch(each -> usable(each).isEmpty()));
        api.maintainNode(false);
        soon(() -> heard.stream().allMatch(each -> usable(each).size() == 1));
        assertThat(proxy.mostConnections()).isLessThanOrEqualTo(WATCHES + AgentConnections.PROMPT);
        assertThat(heard).allSatisfy(each -> assertThat(each.failures).isEmpty());
    }

    @Test
    void whileNothingChangesNothingIsAsked() {
        followAll();
        int asked = proxy.asked().size();
        await().during(Duration.ofSeconds(2)).atMost(ConsulFixture.PATIENCE).until(() -> proxy.asked().stream()
                .skip(asked)
                .allMatch(request -> request.equals("/v1/status/leader")));
    }

    @Test
    void allOfThemSurviveAnOutage() {
        followAll();
        List<Integer> sets = heard.stream().map(each -> each.sets.size()).toList();
        proxy.fault(Fault.STATUS_503);
        eventually(() -> heard.stream().noneMatch(each -> each.failures.isEmpty()));
        proxy.fault(Fault.NONE);
        eventually(() -> {
            for (int i = 0; i < SERVICES; i++) {
                if (heard.get(i).sets.size() <= sets.get(i)) {
                    return false;
                }
            }
            return true;
        });
        assertThat(heard).allSatisfy(each -> assertThat(each.sets).noneMatch(List::isEmpty));
    }

    private void followAll() {
        for (int i = 0; i < SERVICES; i++) {
            heard.add(consul.start(config, service("service-" + i)));
        }
        eventually(() -> heard.stream().noneMatch(each -> each.sets.isEmpty()));
    }

    private static ConsulRegistration at(int number, String address) {
        return ConsulRegistration.of("service-" + number, "id-" + number, address, 80);
    }
}
