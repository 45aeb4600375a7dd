package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.config.EndpointSourceConfig.DnsSource;
import io.evenkeel.config.EndpointSourceConfig.RecordType;
import io.evenkeel.config.HostPort;
import io.evenkeel.config.RouterConfig;
import io.evenkeel.discovery.testing.DnsServer;
import io.evenkeel.discovery.testing.DnsZone;
import io.evenkeel.proxy.Router;
import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RecordingUpstream;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Scrape;
import io.evenkeel.proxy.testing.Step;
import io.evenkeel.proxy.testing.TestConfig;
import io.evenkeel.proxy.testing.UpstreamConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An endpoint that DNS no longer names drains: what is in flight there ends well, nothing new goes there, and then it is gone. */
@Timeout(60)
final class DepartureTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String NAME = "_http._tcp.vvm.example.";

    private final DnsZone zone = new DnsZone();
    private final CountDownLatch gate = new CountDownLatch(1);

    @Test
    void exchangeInFlightEndsWellAndEverybodyIsToldWhatBecomesOfTheEndpoint() throws Exception {
        try (DnsServer dns = new DnsServer(zone);
                RecordingUpstream second = RecordingUpstream.start();
                RouterFixture fixture = RouterFixture.start(first -> config(first, dns));
                RawClient client = fixture.client();
                RawClient other = fixture.client()) {
            await().atMost(PATIENCE).until(() -> endpoints(fixture).size() == 1);
            Events events = Events.of(fixture.router());
            beginExchange(fixture, client);

            name(second.address());
            String leaving = text(fixture.upstream().address());
            events.await("endpoint-draining " + leaving);
            assertThat(other.exchange(GET).status()).isEqualTo(200);
            assertThat(second.requests()).hasSize(1);
            assertDeparting(fixture, leaving);

            gate.countDown();
            assertThat(client.read().status()).isEqualTo(200);
            events.await("endpoint-removed " + leaving);
            assertGone(fixture, leaving);
            assertThat(events.told())
                    .containsExactly(
                            "endpoint-added " + text(second.address()),
                            "endpoint-draining " + leaving,
                            "endpoint-removed " + leaving);
        }
    }

    private void beginExchange(RouterFixture fixture, RawClient client) throws IOException {
        fixture.upstream().next(Step.readRequest().then(Step.await(gate)).then(Step.send(Step.OK)));
        client.send(GET);
        await().atMost(PATIENCE).until(() -> !fixture.upstream().requests().isEmpty());
    }

    private static void assertDeparting(RouterFixture fixture, String endpoint) throws IOException {
        List<JsonNode> departed = endpoints(fixture).stream()
                .filter(e -> e.get("departed").asBoolean())
                .toList();
        assertThat(departed).singleElement().satisfies(node -> {
            assertThat(node.get("address").asText()).isEqualTo(endpoint);
            assertThat(node.get("draining").asBoolean()).isTrue();
            assertThat(node.get("in_flight").asInt()).isOne();
        });
        assertThat(fixture.metrics().sum("evenkeel_inflight", label(endpoint))).isEqualTo(1.0);
        assertThat(fixture.metrics().sum("evenkeel_endpoint_up", label(endpoint)))
                .isZero();
    }

    private static void assertGone(RouterFixture fixture, String endpoint) throws IOException {
        assertThat(endpoints(fixture))
                .noneMatch(node -> node.get("address").asText().equals(endpoint));
        Scrape metrics = fixture.metrics();
        assertThat(metrics.samples()).noneMatch(sample -> sample.contains(label(endpoint)));
        assertThat(metrics.sum("evenkeel_discovery_events_total", "endpoint-removed"))
                .isEqualTo(1.0);
        await().atMost(PATIENCE)
                .until(() -> fixture.upstream().connections().stream().allMatch(UpstreamConnection::closed));
    }

    /** Makes this the only address behind the name. */
    private void name(InetSocketAddress address) {
        zone.clear(NAME)
                .service(NAME, 0, 1, address.getPort(), "vvm.example.")
                .alongWith(NAME, "vvm.example.", "127.0.0.1");
    }

    private RouterConfig config(InetSocketAddress first, DnsServer dns) {
        name(first);
        HostPort server = new HostPort("127.0.0.1", dns.address().getPort());
        DnsSource source =
                new DnsSource(NAME, 0, RecordType.SRV, Duration.ofMillis(100), Duration.ofSeconds(1), List.of(server));
        return TestConfig.with(TestConfig.plain(first), "upstreams.0.endpoints", List.of(source));
    }

    private static List<JsonNode> endpoints(RouterFixture fixture) throws IOException {
        try (RawClient client = RawClient.connect(fixture.router().adminAddress())) {
            String body = client.exchange("GET /endpoints HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .body()
                    .text();
            JsonNode upstream =
                    new ObjectMapper().readTree(body).get("upstreams").get(0);
            return StreamSupport.stream(upstream.get("endpoints").spliterator(), false)
                    .toList();
        }
    }

    private static String label(String endpoint) {
        return "endpoint=\"" + endpoint + "\"";
    }

    private static String text(InetSocketAddress address) {
        return "127.0.0.1:" + address.getPort();
    }

    /** What {@code /events} has told of endpoints, read by a thread of its own until the router ends. */
    private static final class Events {

        private final Queue<String> told = new ConcurrentLinkedQueue<>();

        private Events(Stream<String> lines) {
            Thread reader = new Thread(() -> lines.filter(line -> line.startsWith("data: "))
                    .map(Events::event)
                    .filter(event -> event.startsWith("endpoint-"))
                    .forEach(told::add));
            reader.setDaemon(true);
            reader.start();
        }

        static Events of(Router router) throws Exception {
            URI uri = URI.create("http://127.0.0.1:" + router.adminAddress().getPort() + "/events");
            HttpRequest request = HttpRequest.newBuilder(uri).build();
            return new Events(HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofLines())
                    .body());
        }

        void await(String event) {
            Awaitility.await().atMost(PATIENCE).until(() -> told.contains(event));
        }

        List<String> told() {
            return List.copyOf(told);
        }

        private static String event(String line) {
            try {
                JsonNode event = new ObjectMapper().readTree(line.substring("data: ".length()));
                return event.get("kind").asText() + " " + event.path("endpoint").asText();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
