package io.evenkeel.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.discovery.DiscoveryEvent;
import io.evenkeel.discovery.DiscoveryEvent.Kind;
import io.evenkeel.proxy.testing.TestConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class EventsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SUBSCRIBERS = 3;

    private final RecordingView view = new RecordingView();
    private final AdminServer server = start(Duration.ofMinutes(1));
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void anEventIsSentAsItHappensWithAllThatIsKnownOfIt() throws Exception {
        try (Feed feed = feed("")) {
            view.events.onEvent(new DiscoveryEvent(
                    Instant.parse("2026-11-21T15:04:05.5Z"),
                    Kind.ENDPOINT_DRAINING,
                    "vvm",
                    "10.0.0.1:8822",
                    "node-1",
                    "dns:tasks.vvm",
                    "no longer named by \"dns\"\nat all"));
            List<String> event = feed.next();

            assertThat(event).hasSize(3);
            assertThat(event.get(0)).matches("id: [0-9a-f]{8}-1");
            assertThat(event.get(1)).isEqualTo("event: endpoint-draining");
            assertThat(event.get(2)).startsWith("data: {");
            assertThat(new ObjectMapper().readTree(event.get(2).substring(6)))
                    .isEqualTo(
                            new ObjectMapper()
                                    .readTree(
                                            """
                            {"at": "2026-11-21T15:04:05.500Z", "kind": "endpoint-draining", "upstream": "vvm",
                             "endpoint": "10.0.0.1:8822", "node": "node-1", "source": "dns:tasks.vvm",
                             "reason": "no longer named by \\"dns\\"\\nat all"}
                            """));
        }
    }

    @Test
    void whatIsEmptyIsLeftOut() throws Exception {
        try (Feed feed = feed("")) {
            view.events.onEvent(new DiscoveryEvent(Instant.EPOCH, Kind.NODE_FAILED, "", "", "n1", "consul", ""));

            assertThat(feed.next())
                    .contains(
                            "event: node-failed",
                            "data: {\"at\":\"1970-01-01T00:00:00Z\",\"kind\":\"node-failed\",\"node\":\"n1\",\"source\":\"consul\"}");
        }
    }

    @Test
    void theHeadSaysThatItIsAStreamThatNobodyMayKeep() throws Exception {
        HttpResponse<InputStream> response = client.send(request("/events").build(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(body.read()).isEqualTo(':');
        }
        assertThat(response.headers().map())
                .containsEntry("content-type", List.of("text/event-stream"))
                .containsEntry("cache-control", List.of("no-store"))
                .containsEntry("x-accel-buffering", List.of("no"))
                .doesNotContainKeys("content-length", "content-encoding");
    }

    @Test
    void aStreamIsNotCompressedForThoseWhoAcceptIt() throws Exception {
        try (Feed feed = feed("Accept-Encoding: gzip\r\n")) {
            happen(1, 1);
            assertThat(feed.reasons(1)).containsExactly("1");
        }
    }

    @Test
    void headIsGetWithoutTheStream() throws Exception {
        String answer = RawClient.exchange(server.address(), "HEAD /events HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 200 ")
                .contains("content-type: text/event-stream")
                .doesNotContainIgnoringCase("content-length")
                .endsWith("\r\n\r\n");
        assertThat(view.subscriptions).isEmpty();
    }

    @Test
    void aSubscriberResumesAfterTheIdItNames() throws Exception {
        happen(1, 5);
        String third;
        try (Feed feed = feed("Last-Event-ID: nothing\r\n")) {
            third = feed.events(4).get(3).get(0).substring("id: ".length());
        }
        for (Feed resumed : List.of(feed("Last-Event-ID: " + third + "\r\n"), feed("/events?since=" + third, ""))) {
            try (resumed) {
                assertThat(resumed.reasons(2)).containsExactly("4", "5");
            }
        }
        happen(6, 6);
        try (Feed both = feed("/events?since=" + third + "&kinds=endpoint-added", "Last-Event-ID: " + third + "\r\n")) {
            assertThat(both.reasons(3)).containsExactly("4", "5", "6");
        }
    }

    @Test
    void aSubscriberThatHasHeardNothingYetCanResumeToo() throws Exception {
        happen(1, 2);
        String id;
        try (Feed feed = feed("")) {
            id = feed.beginning.get(2);
        }
        happen(3, 3);
        assertThat(id).startsWith("id: ");
        try (Feed resumed = feed("/events?since=" + id.substring(4), "")) {
            assertThat(resumed.reasons(1)).containsExactly("3");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345678-2", "x", "999"})
    void anUnknownIdBringsAGapAndAllThereIs(String id) throws Exception {
        happen(1, 3);
        try (Feed feed = feed("Last-Event-ID: " + id + "\r\n")) {
            assertThat(feed.next()).first().isEqualTo("event: gap");
            assertThat(feed.reasons(3)).containsExactly("1", "2", "3");
        }
    }

    @Test
    void onlyTheKindsAskedForAreSent() throws Exception {
        try (Feed feed = feed("/events?kinds=node-failed,source-failed", "")) {
            happen(1, 3);
            view.events.onEvent(new DiscoveryEvent(Instant.EPOCH, Kind.NODE_FAILED, "", "", "n1", "consul", "a"));
            view.events.onEvent(new DiscoveryEvent(Instant.EPOCH, Kind.SOURCE_FAILED, "vvm", "", "", "dns", "b"));

            assertThat(feed.reasons(2)).containsExactly("a", "b");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/events?kinds=node-faild, 'node-failed'",
        "/events?kinds=, 'endpoint-added'",
        "/events?knids=node-failed, 'since and kinds'",
        "/events?since=1&since=2, 'since and kinds'"
    })
    void whatIsNotClearIsToldWhatIsRight(String target, String hint) throws Exception {
        HttpResponse<String> response = client.send(request(target).build(), BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains(hint);
    }

    @Test
    void aSilentStreamShowsThatItIsAlive() throws Exception {
        try (AdminServer lively = start(Duration.ofMillis(20));
                Feed feed = new Feed(lively.address(), "/events", "")) {
            assertThat(feed.next()).containsExactly(": alive");
            assertThat(feed.next()).containsExactly(": alive");
            happen(1, 1);
            await().atMost(PATIENCE).until(() -> feed.next().contains("event: endpoint-added"));
        }
    }

    @Test
    void subscribersOverTheLimitAreTurnedAwayAndTheirPlacesComeBack() throws Exception {
        List<Feed> feeds = new ArrayList<>();
        for (int i = 0; i < SUBSCRIBERS; i++) {
            feeds.add(feed(""));
        }
        HttpResponse<String> refused = client.send(request("/events").build(), BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).isEqualTo("there are 3 subscribers; no more fit\n");
        happen(1, 1);
        for (Feed feed : feeds) {
            assertThat(feed.reasons(1)).containsExactly("1");
            feed.close();
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            try (Feed late = feed("")) {
                assertThat(late.beginning).isNotEmpty();
            }
        });
    }

    @Test
    void aSubscriberThatReadsNothingIsCutOffAndTheOthersMissNothing() throws Exception {
        try (Socket slow = subscriberThatReadsNothing(server);
                Feed quick = feed("")) {
            int sent = 0;
            while (!view.subscriptions.get(0).ended()) {
                happen(sent + 1, sent + 1_000);
                sent += 1_000;
                assertThat(quick.reasons(1_000)).hasSize(1_000).endsWith(String.valueOf(sent));
            }
            assertThat(sent).isGreaterThan(10_000);
            assertThat(view.subscriptions.get(1).ended()).isFalse();
            assertEnds(slow);
        }
    }

    @Test
    void aSubscriberThatIsStuckForTwoHeartbeatsIsCutOff() throws Exception {
        try (AdminServer lively = start(Duration.ofMillis(50));
                Socket stuck = subscriberThatReadsNothing(lively)) {
            String reason = "x".repeat(60_000);
            for (int i = 0; i < 400; i++) {
                view.events.onEvent(new DiscoveryEvent(Instant.EPOCH, Kind.NODE_FAILED, "", "", "n", "s", reason));
            }

            await().atMost(PATIENCE).until(() -> view.subscriptions.get(0).ended());
            assertEnds(stuck);
        }
    }

    @Test
    void aSlowSubscriberThatReadsOnGetsEverythingInOrder() throws Exception {
        try (Feed feed = feed("")) {
            happen(1, 15_000);
            List<String> reasons = feed.reasons(15_000);

            for (int i = 0; i < reasons.size(); i++) {
                assertThat(reasons.get(i)).isEqualTo(String.valueOf(i + 1));
            }
        }
    }

    @Test
    void whenTheEventsEndTheStreamEndsAfterTheLast() throws Exception {
        try (Feed feed = feed("")) {
            happen(1, 2);
            view.events.close();

            assertThat(feed.reasons(2)).containsExactly("1", "2");
            assertThat(feed.ended()).isTrue();
        }
    }

    @Test
    void whenTheServerClosesTheStreamEnds() throws Exception {
        try (Feed feed = feed("")) {
            server.close();

            assertThat(feed.ended()).isTrue();
        }
    }

    @Test
    void aStreamOutlivesTheTimeAnAnswerMayTakeAndOccupiesNobody() throws Exception {
        Duration limit = Duration.ofSeconds(2);
        AdminLimits impatient = new AdminLimits(9, limit, limit, SUBSCRIBERS, limit.dividedBy(20));
        try (AdminServer strict = AdminServer.start(TestConfig.admin(0), view, impatient);
                Feed feed = new Feed(strict.address(), "/events", "")) {
            for (int i = 0; i < 25; i++) {
                assertThat(feed.next()).containsExactly(": alive");
            }
            assertThat(RawClient.exchange(strict.address(), "GET /metrics HTTP/1.0\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aNameThatIsNotOursIsRefusedHereToo() throws Exception {
        assertThat(RawClient.exchange(server.address(), "GET /events HTTP/1.1\r\nHost: evil.example\r\n\r\n"))
                .startsWith("HTTP/1.1 403 ");
    }

    private AdminServer start(Duration heartbeat) {
        AdminLimits limits = new AdminLimits(64, Duration.ofMinutes(1), Duration.ofMinutes(1), SUBSCRIBERS, heartbeat);
        return AdminServer.start(TestConfig.admin(0), view, limits);
    }

    /** A subscriber whose socket takes little. */
    private Socket subscriberThatReadsNothing(AdminServer of) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.connect(of.address());
        socket.getOutputStream().write(head("/events", "").getBytes(StandardCharsets.ISO_8859_1));
        await().atMost(PATIENCE).until(() -> view.subscriptions.size() == 1);
        return socket;
    }

    /** Reads what is left until the server's end, of whichever kind. */
    private static void assertEnds(Socket socket) throws IOException {
        byte[] some = new byte[65_536];
        try {
            while (socket.getInputStream().read(some) >= 0) {
                assertThat(socket.isClosed()).isFalse();
            }
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    /** Events whose reasons are the numbers from one to the other. */
    private void happen(int from, int to) {
        for (int i = from; i <= to; i++) {
            view.events.onEvent(new DiscoveryEvent(
                    Instant.EPOCH, Kind.ENDPOINT_ADDED, "vvm", "10.0.0.1:80", "", "dns", String.valueOf(i)));
        }
    }

    private Feed feed(String fields) throws IOException {
        return feed("/events", fields);
    }

    private Feed feed(String target, String fields) throws IOException {
        return new Feed(server.address(), target, fields);
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.address().getPort() + target))
                .version(HttpClient.Version.HTTP_1_1);
    }

    private static String head(String target, String fields) {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n";
    }

    /** A subscriber that has read the beginning of its stream. */
    private static final class Feed implements AutoCloseable {

        private final Socket socket;
        private final BufferedReader lines;
        private final List<String> beginning;

        Feed(InetSocketAddress address, String target, String fields) throws IOException {
            socket = RawClient.connect(address);
            socket.getOutputStream().write(head(target, fields).getBytes(StandardCharsets.ISO_8859_1));
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(next()).first().isEqualTo("HTTP/1.1 200 OK");
            beginning = next();
            assertThat(beginning).first().isEqualTo(": evenkeel events");
        }

        /** The lines up to the next empty one. */
        List<String> next() throws IOException {
            List<String> block = new ArrayList<>();
            for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                block.add(line);
            }
            return block;
        }

        List<List<String>> events(int count) throws IOException {
            List<List<String>> events = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                events.add(next());
            }
            return events;
        }

        /** The reasons of the next events. */
        List<String> reasons(int count) throws IOException {
            return events(count).stream()
                    .map(event -> event.get(2).replaceAll(".*\"reason\":\"([^\"]*)\".*", "$1"))
                    .toList();
        }

        boolean ended() throws IOException {
            return lines.read() < 0;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
