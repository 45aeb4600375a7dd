package io.evenkeel.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.config.OverloadConfig;
import io.evenkeel.config.RouteConfig;
import io.evenkeel.config.RouterConfig;
import io.evenkeel.proxy.overload.Pressure;
import io.evenkeel.proxy.overload.Resource;
import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import io.evenkeel.proxy.testing.RecordEdit;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.TestConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a router does while something of its own is scarce, under a pressure that the test sets. */
@Timeout(60)
class OverloadIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String GET = get("/");

    /** What is used of the only resource there is, in per cent. */
    private volatile int percent;

    @Test
    void theActionsFollowOneAnotherAsThePressureGrowsAndEndAsItFalls() throws IOException {
        try (RouterFixture fixture = fixture()) {
            press(fixture, 84, "");
            press(fixture, 86, "stop_accepting");
            press(fixture, 91, "stop_accepting shorten_keep_alive");
            press(fixture, 96, "stop_accepting shorten_keep_alive reject");
            press(fixture, 89, "stop_accepting shorten_keep_alive");
            press(fixture, 84, "stop_accepting");
            press(fixture, 79, "");
            assertServes(fixture);
        }
    }

    @Test
    void whoConnectsWhileNothingIsAcceptedIsServedAfterwards() throws IOException {
        List<RawClient> waiting = new ArrayList<>();
        try (RouterFixture fixture = fixture();
                RawClient before = fixture.client()) {
            assertThat(before.exchange(GET).status()).isEqualTo(200);
            press(fixture, 88, "stop_accepting");
            for (int i = 0; i < 20; i++) {
                waiting.add(fixture.client().send(GET));
            }
            assertThat(before.exchange(GET).status()).isEqualTo(200);
            assertThat(fixture.upstream().requests()).hasSize(2);
            assertThat(downstreamConnections(fixture)).isEqualTo(1);

            press(fixture, 0, "");
            for (RawClient client : waiting) {
                assertThat(client.read().status()).isEqualTo(200);
                client.close();
            }
        }
    }

    /**
     * However fast they come: what is let in is counted and not only measured. NIO accepts up to sixteen at a time. A
     * connection counts for the limit when it is accepted, and for the gauge only when its loop has taken it in.
     */
    @Test
    void aFloodOfClientsIsLetInOnlyAsFarAsTheLimitGoes() throws IOException {
        List<RawClient> clients = new ArrayList<>();
        try (RouterFixture fixture = RouterFixture.plainWith("overload.connections", 200)) {
            awaitMeasured(fixture);
            for (int i = 0; i < 220; i++) {
                clients.add(fixture.client().send(GET));
            }
            awaitActions(fixture, "stop_accepting");
            await().atMost(PATIENCE).until(() -> downstreamConnections(fixture) >= 170);
            assertThat(downstreamConnections(fixture)).isLessThanOrEqualTo(185);

            for (RawClient client : clients) {
                assertThat(client.read().status()).isEqualTo(200);
                client.close();
            }
        }
    }

    @Test
    void aConnectionEndsWithTheResponseAtWork() throws IOException {
        try (RouterFixture fixture = fixture();
                RawClient client = fixture.client()) {
            assertThat(client.exchange(GET).fields().all("Connection")).isEmpty();
            press(fixture, 92, "stop_accepting shorten_keep_alive");
            RawResponse last = client.exchange(GET);

            assertThat(last.status()).isEqualTo(200);
            assertThat(last.fields().all("Connection")).containsExactly("close");
            assertThat(client.peerCloses()).isTrue();
        }
    }

    @Test
    void theLowestPriorityIsRejectedFirst() throws IOException {
        try (RouterFixture fixture = fixture();
                RawClient low = fixture.client();
                RawClient middle = fixture.client();
                RawClient high = fixture.client()) {
            for (RawClient client : List.of(low, middle, high)) {
                assertThat(client.exchange(GET).status()).isEqualTo(200);
            }
            press(fixture, 98, "stop_accepting shorten_keep_alive reject");
            RawResponse refused = low.exchange(get("/low"));

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.fields().all("Retry-After")).hasSize(1);
            assertThat(middle.exchange(GET).status()).isEqualTo(503);
            assertThat(high.exchange(get("/high")).status()).isEqualTo(200);
            assertThat(fixture.metrics().sum("evenkeel_failures_total", "reason=\"overloaded\""))
                    .isEqualTo(2.0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/readyz", "/metrics", "/endpoints"})
    void theAdminEndpointsAnswerUnderFullPressure(String path) throws IOException {
        try (RouterFixture fixture = fixture();
                RawClient client = fixture.client()) {
            assertThat(client.exchange(GET).status()).isEqualTo(200);
            press(fixture, 100, "stop_accepting shorten_keep_alive reject");

            assertThat(client.exchange(get("/high")).status()).isEqualTo(503);
            try (RawClient admin = RawClient.connect(fixture.router().adminAddress())) {
                assertThat(admin.exchange("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void aListenerAddedMeanwhileAcceptsNothingEither() throws IOException {
        try (RouterFixture fixture = fixture()) {
            press(fixture, 88, "stop_accepting");
            RouterConfig before = fixture.router().config();
            fixture.router().apply(TestConfig.with(before, "listeners.0.name", "other"));
            InetSocketAddress other = fixture.router().address("other");
            try (RawClient client = RawClient.connect(other)) {
                client.send(GET);
                press(fixture, 86, "stop_accepting");
                assertThat(fixture.upstream().requests()).isEmpty();

                press(fixture, 0, "");
                assertThat(client.read().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aReloadBringsOtherThresholds() throws IOException {
        try (RouterFixture fixture = fixture()) {
            press(fixture, 70, "");
            fixture.router().apply(TestConfig.with(fixture.router().config(), "overload", thresholds(60, 90, 95)));

            awaitActions(fixture, "stop_accepting");
        }
    }

    private RouterFixture fixture() {
        return RouterFixture.around(upstream -> Router.start(config(upstream), process -> {
            Pressure set = limits -> percent / 100.0;
            return Map.of(Resource.DESCRIPTORS, set);
        }));
    }

    /** Priorities 2, 5 and 9. */
    private static RouterConfig config(InetSocketAddress upstream) {
        List<RouteConfig> routes = List.of(
                RecordEdit.with(TestConfig.route("low", "/low", "endpoints"), "priority", 2),
                RecordEdit.with(TestConfig.route("high", "/high", "endpoints"), "priority", 9),
                TestConfig.route("all", "/", "endpoints"));
        return TestConfig.with(
                TestConfig.with(TestConfig.plain(upstream), "routes", routes), "overload", thresholds(85, 90, 95));
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }

    private static OverloadConfig thresholds(int stop, int shorten, int reject) {
        return new OverloadConfig(95, 95, 95, 0, Duration.ofMillis(500), stop, shorten, reject);
    }

    /** Sets the pressure and waits until exactly these actions are in force because of it. */
    private void press(RouterFixture fixture, int now, String actions) {
        percent = now;
        await().atMost(PATIENCE)
                .until(() -> fixture.metrics().sum("evenkeel_overload_pressure", "descriptors") == now / 100.0);
        awaitActions(fixture, actions);
    }

    private static void awaitMeasured(RouterFixture fixture) {
        await().atMost(PATIENCE).until(() -> fixture.metrics().has("evenkeel_overload_pressure"));
    }

    private static void awaitActions(RouterFixture fixture, String actions) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<String> inForce = new ArrayList<>();
            for (String action : List.of("stop_accepting", "shorten_keep_alive", "reject")) {
                if (fixture.metrics().sum("evenkeel_overload_actions", action) == 1) {
                    inForce.add(action);
                }
            }
            assertThat(String.join(" ", inForce)).isEqualTo(actions);
        });
    }

    private static double downstreamConnections(RouterFixture fixture) {
        return fixture.metrics().sum("evenkeel_connections", "side=\"downstream\"");
    }

    private static void assertServes(RouterFixture fixture) throws IOException {
        try (RawClient client = fixture.client()) {
            assertThat(client.exchange(GET).status()).isEqualTo(200);
        }
    }
}
