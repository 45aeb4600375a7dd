package io.evenkeel.proxy.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Channels of notifications that live in one endpoint's memory: whoever names one reaches that endpoint. */
@Timeout(60)
class StickTableIT {

    private static final int ENDPOINTS = 6;
    private static final int CHANNELS = 48;

    private final List<NotifyingEndpoint> endpoints = new ArrayList<>();
    private final List<EventStreamClient> streams = new ArrayList<>();

    @BeforeEach
    void startEndpoints() throws IOException {
        for (int i = 0; i < ENDPOINTS; i++) {
            endpoints.add(new NotifyingEndpoint());
        }
    }

    @AfterEach
    void stop() throws IOException {
        for (EventStreamClient stream : streams) {
            stream.close();
        }
        endpoints.forEach(NotifyingEndpoint::close);
    }

    private String yaml(String more) {
        String addresses = endpoints.stream().map(NotifyingEndpoint::name).collect(Collectors.joining(", "));
        return "upstreams: [{ name: vvm, endpoints: [{ static: [" + addresses + "] }]" + more
                + ", balancer: { policy: round-robin, "
                + "stick-table: { event: channelId, key: { path-group: ['/notifications/([^/]+)'] } } } }]\n";
    }

    private void openChannels(LiveRouter router) throws IOException {
        for (int i = 0; i < CHANNELS; i++) {
            streams.add(new EventStreamClient(router.address()));
        }
    }

    @Test
    void whoeverNamesAChannelReachesTheEndpointThatMadeIt() throws IOException {
        try (LiveRouter router = LiveRouter.start(yaml(""));
                RawClient client = RawClient.connect(router.address())) {
            openChannels(router);
            assertThat(endpoints)
                    .allSatisfy(endpoint -> assertThat(endpoint.channels()).hasSize(CHANNELS / ENDPOINTS));
            assertThatAllChannelsAreKnown(client);
            assertThat(router.metric("evenkeel_stick_table_entries", "upstream=\"vvm\""))
                    .isEqualTo(CHANNELS);
            assertThat(router.metric("evenkeel_stick_table_lookups_total", "result=\"hit\""))
                    .isEqualTo(2 * CHANNELS);
        }
    }

    @Test
    void learnedKeysOutliveAReloadOfSomethingElse() throws IOException {
        try (LiveRouter router = LiveRouter.start(yaml(""));
                RawClient client = RawClient.connect(router.address())) {
            openChannels(router);
            router.apply(yaml(", max-attempts: 2"));
            assertThatAllChannelsAreKnown(client);
        }
    }

    @Test
    void aChannelNobodyKnowsIsBalancedAndCounted() throws IOException {
        try (LiveRouter router = LiveRouter.start(yaml(""));
                RawClient client = RawClient.connect(router.address())) {
            assertThat(request(client, "PUT", "never-heard-of").status()).isEqualTo(404);
            assertThat(router.metric("evenkeel_stick_table_lookups_total", "result=\"unknown\""))
                    .isEqualTo(1);
        }
    }

    /** A session may live at one endpoint and a channel at another: neither moves the other. */
    @Test
    void aChannelComesBeforeACookieAndLeavesItAlone() throws IOException {
        try (LiveRouter router = LiveRouter.start(
                        yaml("").replace("balancer: {", "balancer: { sticky: { secret: 0123456789abcdef },"));
                RawClient client = RawClient.connect(router.address())) {
            openChannels(router);
            String set = client.exchange("GET / HTTP/1.1\r\nHost: live\r\n\r\n")
                    .fields()
                    .joined("Set-Cookie");
            String cookie = "Cookie: " + set.substring(0, set.indexOf(';')) + "\r\n";
            for (EventStreamClient stream : streams) {
                RawResponse answer = client.exchange("GET /api/v2/notifications/" + stream.channel()
                        + "/x HTTP/1.1\r\nHost: live\r\n" + cookie + "\r\n");
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.fields().has("Set-Cookie")).isFalse();
            }
        }
    }

    private void assertThatAllChannelsAreKnown(RawClient client) throws IOException {
        for (EventStreamClient stream : streams) {
            assertThat(request(client, "PUT", stream.channel()).status()).isEqualTo(200);
            assertThat(request(client, "DELETE", stream.channel()).status()).isEqualTo(200);
        }
        assertThat(endpoints)
                .allSatisfy(endpoint -> assertThat(endpoint.strangers()).isZero());
    }

    private static RawResponse request(RawClient client, String method, String channel) throws IOException {
        return client.exchange(method + " /api/v2/notifications/" + channel
                + "/subscriptions HTTP/1.1\r\nHost: live\r\nContent-Length: 0\r\n\r\n");
    }
}
