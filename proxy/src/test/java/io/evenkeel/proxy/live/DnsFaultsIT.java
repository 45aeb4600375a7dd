package io.evenkeel.proxy.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.discovery.testing.DnsServer;
import io.evenkeel.discovery.testing.DnsZone;
import io.evenkeel.discovery.testing.DnsZone.Fault;
import io.evenkeel.proxy.testing.RawClient;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Docker's DNS as it is on bad days: whatever it says, no request fails that an endpoint could have answered. */
class DnsFaultsIT {

    private static final String TASKS = "tasks.vvm.";

    private final DnsZone zone = new DnsZone();
    private final DnsServer dns = new DnsServer(zone);
    private List<LiveEndpoint> tasks = List.of();

    @BeforeEach
    void startTasks() throws IOException {
        tasks = LiveEndpoint.tasks(3);
        zone.address(TASKS, tasks.get(0).host(), tasks.get(1).host());
    }

    @AfterEach
    void stop() {
        tasks.forEach(LiveEndpoint::close);
        dns.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"NXDOMAIN", "SERVFAIL", "REFUSED", "EMPTY", "STALL", "WRONG_ID", "WRONG_OWNER", "GARBAGE"})
    void noAnswerAndNonsenseTakeNothingAway(Fault fault) {
        try (LiveRouter router = router();
                LiveTraffic traffic = router.traffic()) {
            zone.fault(TASKS, fault);
            router.awaitDiscoveryFailures(3);
            traffic.awaitAnswersOf(tasks.get(0), tasks.get(1));

            zone.address(TASKS, tasks.get(2).host()).fault(TASKS, Fault.NONE);
            traffic.awaitAnswersOf(tasks);
            traffic.assertNothingFailed();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SHUFFLE", "DUPLICATE"})
    void shuffledAndRepeatedRecordsAreNoChange(Fault fault) {
        try (LiveRouter router = router();
                LiveTraffic traffic = router.traffic()) {
            zone.fault(TASKS, fault);
            int asked = dns.asked().size();
            router.awaitMetric(now -> dns.asked().size() > asked + 6, "evenkeel_discovery_endpoints");
            traffic.awaitAnswersOf(tasks.get(0), tasks.get(1));
            assertThat(router.metric("evenkeel_discovery_endpoints")).isEqualTo(2);
            traffic.assertNothingFailed();
        }
    }

    @Test
    void aTaskThatDisappearsFinishesWhatItHasAndGetsNothingNew() throws IOException {
        try (LiveRouter router = router();
                LiveTraffic traffic = router.traffic();
                RawClient slow = RawClient.connect(router.address())) {
            traffic.awaitAnswersOf(tasks.get(0), tasks.get(1));
            slow.send("GET /slow HTTP/1.1\r\nHost: live\r\n\r\n");
            LiveEndpoint leaving = await().until(
                            () -> tasks.stream().filter(LiveEndpoint::isSlow).findFirst(), Optional::isPresent)
                    .orElseThrow();
            LiveEndpoint staying = leaving == tasks.get(0) ? tasks.get(1) : tasks.get(0);

            zone.clear(TASKS);
            zone.address(TASKS, staying.host());
            traffic.awaitSilenceOf(leaving);
            leaving.finishSlow();

            assertThat(slow.read().body().text()).isEqualTo(leaving.name());
            traffic.assertNothingFailed();
        }
    }

    /** FACTS: Docker's DNS cuts UDP answers at 512 bytes. */
    @Test
    void moreThanTwentyFiveTasksAreFound() throws IOException {
        List<LiveEndpoint> many = LiveEndpoint.tasks(40);
        zone.clear(TASKS);
        zone.address(TASKS, many.stream().map(LiveEndpoint::host).toArray(String[]::new));
        try (LiveRouter router = LiveRouter.start(upstream(many.get(0).port()));
                LiveTraffic traffic = router.traffic()) {
            traffic.awaitAnswersOf(many);
            assertThat(dns.asked()).anyMatch(DnsServer.Asked::overTcp);
            traffic.assertNothingFailed();
        } finally {
            many.forEach(LiveEndpoint::close);
        }
    }

    private LiveRouter router() {
        return LiveRouter.start(upstream(tasks.get(0).port()));
    }

    private String upstream(int port) {
        return "upstreams: [{ name: vvm, endpoints: [{ dns: { name: tasks.vvm, port: " + port
                + ", interval: 100ms, timeout: 200ms, servers: [\"127.0.0.1:"
                + dns.address().getPort() + "\"] } }] }]\n";
    }
}
