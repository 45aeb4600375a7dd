package io.evenkeel.proxy.live;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Endpoints that fall silent, die and recover under live traffic, with health checks. */
class HealthIT {

    private static final String CHECK =
            "health-check: { http: { path: /check }, interval: 200ms, fast-interval: 100ms, "
                    + "timeout: 150ms, unhealthy-after: 3, healthy-after: 2, "
                    + "phi: { min-deviation: 10ms, acceptable-pause: 200ms } }";

    private List<LiveEndpoint> tasks = List.of();

    @BeforeEach
    void startTasks() throws IOException {
        tasks = LiveEndpoint.tasks(6);
    }

    @AfterEach
    void stop() {
        tasks.forEach(LiveEndpoint::close);
    }

    @Test
    void anEndpointThatFallsSilentCostsNoRequestAndReturnsWhenItAnswers() {
        try (LiveRouter router = LiveRouter.start(upstream(CHECK));
                LiveTraffic traffic = router.traffic()) {
            traffic.awaitAnswersOf(tasks);
            LiveEndpoint silent = tasks.get(2);
            silent.fallSilent();
            router.awaitMetric(up -> up == 0, "evenkeel_endpoint_up", endpoint(silent));
            List<LiveEndpoint> others = new ArrayList<>(tasks);
            others.remove(silent);
            traffic.awaitAnswersOf(others);
            assertThat(router.admin("/endpoints")).contains("\"health\" : \"unhealthy\"");

            silent.answerAgain();
            traffic.awaitAnswersOf(silent);
            traffic.assertNothingFailed();
            router.awaitMetric(up -> up == 6, "evenkeel_endpoint_up");
            assertThat(router.metric("evenkeel_health_checks_total", "result=\"passed\""))
                    .isPositive();
        }
    }

    /** Whether it was done already, nobody knows. */
    @Test
    void aRequestThatMayNotBeRepeatedIsLeftToItsEndpoint() throws IOException {
        LiveEndpoint only = tasks.get(0);
        try (LiveRouter router = LiveRouter.start("upstreams: [{ name: vvm, endpoints: [{ static: [" + only.name()
                        + "] }], balancer: { panic-percent: 0 }, " + CHECK + " }]\n");
                RawClient client = RawClient.connect(router.address())) {
            router.awaitMetric(passed -> passed > 0, "evenkeel_health_checks_total", "result=\"passed\"");
            only.fallSilent();
            client.send("POST / HTTP/1.1\r\nHost: live\r\nContent-Length: 0\r\n\r\n");
            router.awaitMetric(inFlight -> inFlight == 1, "evenkeel_inflight");
            router.awaitMetric(up -> up == 0, "evenkeel_endpoint_up");
            only.answerAgain();

            assertThat(client.readOne().status()).isEqualTo(200);
        }
    }

    @Test
    void endpointsThatRefuseConnectionsAreEjectedWithoutAnyCheckAndCostNoRequest() {
        try (LiveRouter router = LiveRouter.start(upstream("outlier-detection: { base-ejection: 1m }"));
                LiveTraffic traffic = router.traffic()) {
            traffic.awaitAnswersOf(tasks);
            LiveEndpoint dead = tasks.get(5);
            dead.close();
            router.awaitMetric(ejected -> ejected == 1, "evenkeel_endpoint_ejected", endpoint(dead));
            traffic.assertNothingFailed();

            assertThat(router.metric("evenkeel_ejections_total")).isEqualTo(1);
            assertThat(router.admin("/endpoints")).contains("failed in a row");
            assertThat(router.admin("/metrics")).contains("kind=\"endpoint-ejected\",} 1.0");
        }
    }

    private String upstream(String more) {
        String addresses = tasks.stream().map(LiveEndpoint::name).collect(joining(", "));
        return "upstreams: [{ name: vvm, endpoints: [{ static: [" + addresses + "] }], " + more + " }]\n";
    }

    private static String endpoint(LiveEndpoint endpoint) {
        return "endpoint=\"" + endpoint.name() + "\"";
    }
}
