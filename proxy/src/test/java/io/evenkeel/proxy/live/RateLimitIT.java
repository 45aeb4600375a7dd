package io.evenkeel.proxy.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Limits that take an hour to be filled again, so that the clock decides nothing. */
@Timeout(60)
class RateLimitIT {

    private static final int BURST = 5;

    private List<LiveEndpoint> tasks = List.of();

    @BeforeEach
    void startTasks() throws IOException {
        tasks = LiveEndpoint.tasks(1);
    }

    @AfterEach
    void stop() {
        tasks.forEach(LiveEndpoint::close);
    }

    private String yaml(String key, String more) {
        return "routes: [{ upstream: vvm, name: api, rate-limit: { requests: 1, per: 1h, burst: " + BURST + key
                + " } }]\n" + "upstreams: [{ name: vvm, endpoints: [{ static: [\""
                + tasks.get(0).name() + "\"] }]" + more + " }]\n";
    }

    private static RawResponse get(RawClient client, String tenant) throws IOException {
        return client.exchange("GET / HTTP/1.1\r\nHost: live\r\nX-Tenant: " + tenant + "\r\n\r\n");
    }

    private static void spend(RawClient client, String tenant) throws IOException {
        for (int i = 0; i < BURST; i++) {
            assertThat(get(client, tenant).status()).isEqualTo(200);
        }
    }

    @Test
    void whatIsOverIsAnswered429AndTellsWhenToComeBack() throws IOException {
        try (LiveRouter router = LiveRouter.startWithoutRoutes(yaml("", ""));
                RawClient client = RawClient.connect(router.address())) {
            spend(client, "a");
            RawResponse over = get(client, "b");
            assertThat(over.status()).isEqualTo(429);
            assertThat(over.fields().joined("RateLimit-Limit")).isEqualTo("1");
            assertThat(over.fields().joined("RateLimit-Remaining")).isEqualTo("0");
            assertThat(Integer.parseInt(over.fields().joined("Retry-After"))).isBetween(1, 3600);
            assertThat(over.fields().joined("RateLimit-Reset"))
                    .isEqualTo(over.fields().joined("Retry-After"));
            assertThat(router.metric("evenkeel_rate_limited_total", "route=\"api\""))
                    .isEqualTo(1);
            assertThat(router.metric("evenkeel_failures_total", "reason=\"rate_limited\""))
                    .isEqualTo(1);
        }
    }

    @Test
    void eachKeyHasALimitOfItsOwn() throws IOException {
        try (LiveRouter router = LiveRouter.startWithoutRoutes(yaml(", key: { header: X-Tenant }", ""));
                RawClient client = RawClient.connect(router.address())) {
            spend(client, "a");
            spend(client, "b");
            assertThat(get(client, "a").status()).isEqualTo(429);
            assertThat(get(client, "b").status()).isEqualTo(429);
            assertThat(get(client, "c").status()).isEqualTo(200);
        }
    }

    @Test
    void aReloadOfSomethingElseForgetsNothing() throws IOException {
        try (LiveRouter router = LiveRouter.startWithoutRoutes(yaml("", ""));
                RawClient client = RawClient.connect(router.address())) {
            spend(client, "a");
            router.applyWithoutRoutes(yaml("", ", max-attempts: 2"));
            assertThat(get(client, "a").status()).isEqualTo(429);
            router.applyWithoutRoutes(yaml(", key: { header: X-Tenant }", ""));
            assertThat(get(client, "a").status()).isEqualTo(200);
        }
    }
}
