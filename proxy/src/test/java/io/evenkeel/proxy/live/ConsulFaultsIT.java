package io.evenkeel.proxy.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.discovery.testing.ConsulAgent;
import io.evenkeel.discovery.testing.ConsulApi;
import io.evenkeel.discovery.testing.ConsulCluster;
import io.evenkeel.discovery.testing.ConsulRegistration;
import io.evenkeel.discovery.testing.ConsulSettings;
import io.evenkeel.discovery.testing.DnsServer;
import io.evenkeel.discovery.testing.DnsZone;
import io.evenkeel.discovery.testing.FaultyHttp;
import io.evenkeel.discovery.testing.FaultyHttp.Fault;
import io.evenkeel.proxy.testing.RawClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A real Consul that dies, forgets and refuses: what it said before goes on to be served, and what it says next is followed. */
class ConsulFaultsIT {

    private static final String MASTER = "b1f3e3c0-8a0e-4b55-9c0e-0d6a4a4f2a11";

    /** Consul's policy that allows everything. */
    private static final String MANAGEMENT = "00000000-0000-0000-0000-000000000001";

    private final ConsulAgent consul = ConsulAgent.started();
    private List<LiveEndpoint> tasks = List.of();

    @BeforeEach
    void register() throws IOException {
        tasks = LiveEndpoint.tasks(3);
        register(0);
        register(1);
    }

    @AfterEach
    void stop() {
        tasks.forEach(LiveEndpoint::close);
        consul.close();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "DRIP"})
    void whateverGoesWrongOnTheWayTakesNothingAway(Fault fault) {
        try (FaultyHttp way = new FaultyHttp(consul.address());
                LiveRouter router = router(way.address());
                LiveTraffic traffic = router.traffic()) {
            traffic.awaitAnswersOf(tasks.get(0), tasks.get(1));
            way.fault(fault);
            router.awaitDiscoveryFailures(2);
            traffic.awaitAnswersOf(tasks.get(0), tasks.get(1));

            register(2);
            way.fault(Fault.NONE);
            traffic.awaitAnswersOf(tasks);
            traffic.assertNothingFailed();
        }
    }

    @Test
    void slowAnswersTakeNothingAwayAndAreHeardInTheEnd() {
        try (FaultyHttp way = new FaultyHttp(consul.address());
                LiveRouter router = router(way.address());
                LiveTraffic traffic = router.traffic()) {
            traffic.awaitAnswersOf(tasks.get(0), tasks.get(1));
            int asked = way.asked().size();
            way.fault(Fault.DRIP);
            register(2);
            router.awaitMetric(up -> way.asked().size() > asked + 2, "evenkeel_endpoint_up");
            traffic.awaitAnswersOf(tasks.get(0), tasks.get(1));

            way.fault(Fault.NONE);
            traffic.awaitAnswersOf(tasks);
            traffic.assertNothingFailed();
        }
    }

    @Test
    void aTokenThatIsRevokedTakesNothingAwayAndIsNamed() {
        try (ConsulAgent guarded = ConsulAgent.started(ConsulSettings.plain().guardedBy(MASTER))) {
            JsonNode token = guarded.api().put("/v1/acl/token", Map.of("Policies", List.of(Map.of("ID", MANAGEMENT))));
            register(guarded.api(), 0);
            register(guarded.api(), 1);
            try (LiveRouter router = LiveRouter.start(upstream(
                            guarded.address(),
                            ", max-wait: 1s, token: " + token.path("SecretID").asText()));
                    LiveTraffic traffic = router.traffic()) {
                traffic.awaitAnswersOf(tasks.get(0), tasks.get(1));
                guarded.api().delete("/v1/acl/token/" + token.path("AccessorID").asText());
                router.awaitDiscoveryFailures(2);
                traffic.awaitAnswersOf(tasks.get(0), tasks.get(1));
                traffic.assertNothingFailed();
                assertThat(router.admin("/endpoints"))
                        .contains("403")
                        .doesNotContain(token.path("SecretID").asText());
            }
        }
    }

    @Test
    void aLeaderThatIsLostTakesNothingAway() {
        try (ConsulCluster servers = ConsulCluster.started()) {
            register(servers.api(0), 0);
            register(servers.api(0), 1);
            try (LiveRouter router = router(servers.address(0));
                    LiveTraffic traffic = router.traffic()) {
                traffic.awaitAnswersOf(tasks.get(0), tasks.get(1));
                servers.kill(1);
                servers.kill(2);
                router.awaitDiscoveryFailures(2);
                traffic.awaitAnswersOf(tasks.get(0), tasks.get(1));

                servers.start(1);
                servers.start(2);
                servers.awaitLeader(0, 1, 2);
                register(servers.api(0), 2);
                traffic.awaitAnswersOf(tasks);
                traffic.assertNothingFailed();
            }
        }
    }

    /** DNS names the tasks 0 and 1, Consul 1 and 2. */
    @ParameterizedTest
    @CsvSource({"any, 3", "all, 1"})
    void sourcesThatContradictEachOtherAreOverruledAsConfigured(String agree, int used) {
        consul.api().deregister("vvm-0");
        register(2);
        DnsZone zone = new DnsZone()
                .address("tasks.vvm.", tasks.get(0).host(), tasks.get(1).host());
        try (DnsServer dns = new DnsServer(zone);
                LiveRouter router = LiveRouter.start(consulAt(consul.address(), "")
                        + "upstreams: [{ name: vvm, endpoints: [{ consul: { service: vvm } }, "
                        + "{ dns: { name: tasks.vvm, port: " + tasks.get(0).port()
                        + ", interval: 100ms, servers: [\"127.0.0.1:"
                        + dns.address().getPort() + "\"] } }], merge: { agree: " + agree + " } }]\n")) {
            router.awaitMetric(known -> known == 4, "evenkeel_discovery_endpoints");
            router.awaitMetric(up -> up == used, "evenkeel_endpoint_up");
            try (LiveTraffic traffic = router.traffic()) {
                traffic.awaitAnswersOf(used == 3 ? tasks : List.of(tasks.get(1)));
                zone.fault("tasks.vvm.", DnsZone.Fault.SERVFAIL);
                router.awaitDiscoveryFailures(2);
                traffic.awaitAnswersOf(tasks.get(1), tasks.get(2));
                traffic.assertNothingFailed();
            }
        }
    }

    @Test
    void aConsulThatDiesAndComesBackWithoutMemoryTakesNothingAway() {
        try (LiveRouter router = router();
                LiveTraffic traffic = router.traffic()) {
            traffic.awaitAnswersOf(tasks.get(0), tasks.get(1));
            consul.kill();
            router.awaitDiscoveryFailures(2);
            traffic.awaitAnswersOf(tasks.get(0), tasks.get(1));

            consul.restart();
            router.awaitMetric(held -> held == 1, "evenkeel_discovery_held");
            traffic.awaitAnswersOf(tasks.get(0), tasks.get(1));

            register(0);
            register(1);
            register(2);
            router.awaitMetric(held -> held == 0, "evenkeel_discovery_held");
            traffic.awaitAnswersOf(tasks);
            traffic.assertNothingFailed();
        }
    }

    @Test
    void aServiceWithoutInstancesAtTheStartIsServedOnceItHasSome() throws IOException {
        consul.api().deregister("vvm-0");
        consul.api().deregister("vvm-1");
        try (LiveRouter router = router()) {
            router.awaitReady();
            try (RawClient early = RawClient.connect(router.address())) {
                assertThat(early.exchange("GET / HTTP/1.1\r\nHost: live\r\n\r\n")
                                .status())
                        .isEqualTo(503);
            }
            register(0);
            try (LiveTraffic traffic = router.traffic()) {
                traffic.awaitAnswersOf(tasks.get(0));
                traffic.assertNothingFailed();
            }
        }
    }

    @Test
    void anInstanceDrainsForAsLongAsItIsTaggedSo() {
        try (LiveRouter router = router();
                LiveTraffic traffic = router.traffic()) {
            traffic.awaitAnswersOf(tasks.get(0), tasks.get(1));
            consul.api().register(registration(0).tags("drain"));
            traffic.awaitSilenceOf(tasks.get(0));
            assertThat(router.admin("/endpoints")).contains("\"drained_by\" : [ \"tag\" ]");

            register(0);
            traffic.awaitAnswersOf(tasks.get(0), tasks.get(1));
            traffic.assertNothingFailed();
        }
    }

    /** What is in flight at an instance that goes into maintenance ends well. */
    @Test
    void maintenanceIsADrain() throws IOException {
        try (LiveRouter router = router();
                LiveTraffic traffic = router.traffic();
                RawClient slow = RawClient.connect(router.address())) {
            slow.send("GET /slow HTTP/1.1\r\nHost: live\r\n\r\n");
            router.awaitMetric(began -> tasks.get(0).isSlow() || tasks.get(1).isSlow(), "evenkeel_inflight");
            int busy = tasks.get(0).isSlow() ? 0 : 1;
            consul.api().maintain("vvm-" + busy, true);
            traffic.awaitSilenceOf(tasks.get(busy));
            assertThat(router.admin("/endpoints")).contains("\"drained_by\" : [ \"discovery\" ]");

            tasks.get(busy).finishSlow();
            assertThat(slow.read().body().text()).isEqualTo(tasks.get(busy).name());
            traffic.assertNothingFailed();
        }
    }

    @Test
    void anInstanceInMaintenanceOrCriticalGetsNothingUntilItIsWellAgain() {
        try (LiveRouter router = router();
                LiveTraffic traffic = router.traffic()) {
            traffic.awaitAnswersOf(tasks.get(0), tasks.get(1));
            consul.api().maintain("vvm-0", true);
            traffic.awaitSilenceOf(tasks.get(0));
            consul.api().maintain("vvm-0", false);
            traffic.awaitAnswersOf(tasks.get(0), tasks.get(1));

            consul.api().check("vvm-1", "critical");
            traffic.awaitSilenceOf(tasks.get(1));
            consul.api().check("vvm-1", "passing");
            traffic.awaitAnswersOf(tasks.get(0), tasks.get(1));
            traffic.assertNothingFailed();
        }
    }

    private void register(int task) {
        register(consul.api(), task);
    }

    private void register(ConsulApi at, int task) {
        at.register(registration(task));
    }

    private ConsulRegistration registration(int task) {
        LiveEndpoint endpoint = tasks.get(task);
        return ConsulRegistration.of("vvm", "vvm-" + task, endpoint.host(), endpoint.port())
                .checked("passing");
    }

    private LiveRouter router() {
        return router(consul.address());
    }

    private static LiveRouter router(String agent) {
        return LiveRouter.start(upstream(agent, ""));
    }

    private static String upstream(String agent, String more) {
        return consulAt(agent, more) + "upstreams: [{ name: vvm, endpoints: [{ consul: { service: vvm } }] }]\n";
    }

    private static String consulAt(String agent, String more) {
        return "discovery: { consul: { agents: [\"" + agent + "\"], timeout: 1s" + more + " } }\n";
    }
}
