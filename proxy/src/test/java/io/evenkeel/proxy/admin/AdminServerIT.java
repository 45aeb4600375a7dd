package io.evenkeel.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.proxy.testing.TestConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminServerIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RecordingView view = new RecordingView();
    private final AdminServer server = AdminServer.start(TestConfig.admin(0), view);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aliveIsNotTheSameAsReady() throws Exception {
        view.unready.add("upstream vvm: dns:tasks.vvm: has not answered yet");
        view.unready.add("draining");

        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").body()).isEqualTo("upstream vvm: dns:tasks.vvm: has not answered yet\ndraining\n");

        view.unready.clear();

        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").body()).isEqualTo("ready\n");
    }

    @Test
    void metricsAreInTheFormatThatPrometheusReads() throws Exception {
        HttpResponse<String> response = get("/metrics");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(response.body()).isEqualTo("evenkeel_inflight 1\n");
    }

    @Test
    void metricsAreCompressedForThoseWhoAcceptIt() throws Exception {
        view.metrics = "evenkeel_inflight 1\n".repeat(1_000);
        HttpResponse<byte[]> response = client.send(
                request("/metrics").header("Accept-Encoding", "gzip").build(), BodyHandlers.ofByteArray());

        assertThat(response.headers().firstValue("content-encoding")).hasValue("gzip");
        assertThat(response.body()).hasSizeLessThan(2_000);
        GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(response.body()));
        assertThat(new String(plain.readAllBytes(), StandardCharsets.US_ASCII)).isEqualTo(view.metrics);
        assertThat(get("/metrics").headers().firstValue("content-encoding")).isEmpty();
    }

    @Test
    void endpointsAreShownWithEverythingKnownOfThem() throws Exception {
        HttpResponse<String> response = get("/endpoints");
        JsonNode upstreams = JSON.readTree(response.body()).get("upstreams");

        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(upstreams).hasSize(2);
        assertThat(upstreams.get(0).get("name").asText()).isEqualTo("vvm");
        assertThat(upstreams.get(0).get("latency"))
                .isEqualTo(
                        JSON.readTree("{\"count\":17,\"p50_us\":100,\"p90_us\":200,\"p99_us\":300,\"p999_us\":400}"));
        assertThat(upstreams.get(0).get("sources").get(0))
                .isEqualTo(JSON.readTree("{\"name\":\"dns:tasks.vvm\",\"last_success\":\"2026-11-21T15:04:05Z\","
                        + "\"failure\":\"SERVFAIL from 127.0.0.11\",\"failures\":2,\"endpoints\":1,"
                        + "\"stale\":true,\"held\":\"1 endpoint after 6\"}"));
        assertThat(upstreams.get(0).get("endpoints").get(0))
                .isEqualTo(
                        JSON.readTree(
                                """
                        {"address": "10.0.0.1:8822", "node": "node-1", "weight": 100,
                         "tags": {"canary": "true", "role": "worker"},
                         "sources": ["dns:tasks.vvm", "consul:vvm"],
                         "vouchers": [
                           {"source": "dns:tasks.vvm", "since": "2026-11-21T15:00:00Z", "stale": false, "node": null, "tags": {},
                            "weight": 100, "health": "passing"},
                           {"source": "consul:vvm", "since": "2026-11-21T15:00:00Z", "stale": false, "node": "node-1",
                            "tags": {"canary": "true", "role": "worker"}, "weight": 100, "health": "passing"}],
                         "health": "healthy", "health_detail": "status 200", "phi": 0.3,
                         "weight_percent": 100, "ejected": true, "ejected_for": "5 attempts failed in a row",
                         "ejected_until": "2026-11-21T15:04:15Z", "draining": true, "drained_by": ["operator", "tag"],
                         "drain_deadline": "2026-11-21T15:09:05Z", "departed": false,
                         "in_flight": 3, "requests": 17, "failures": 1, "limit": 20}
                        """));
        assertThat(upstreams.get(0).get("rejected").get(0))
                .isEqualTo(
                        JSON.readTree(
                                """
                        {"address": "10.0.0.2:8822", "cause": "not_agreed", "reason": "dns:tasks.vvm does not name it",
                         "node": null, "weight": 1, "tags": {}, "sources": ["consul:vvm"],
                         "vouchers": [{"source": "consul:vvm", "since": "1970-01-01T00:00:00Z", "stale": false,
                           "node": null, "tags": {}, "weight": 1, "health": "unknown"}]}
                        """));
        assertThat(upstreams.get(1).get("latency").isNull()).isTrue();
        assertThat(upstreams.get(0).get("panicking").asBoolean()).isTrue();
        assertThat(upstreams.get(1).get("panicking").asBoolean()).isFalse();
    }

    @Test
    void theConfigurationIsShownAsItIsRendered() throws Exception {
        assertThat(get("/config").body()).isEqualTo("{\"secret\":\"***\"}\n");
    }

    @Test
    void anEndpointIsDrainedAndUndrained() throws Exception {
        HttpResponse<String> drained = post("/drain?endpoint=10.0.0.1:8822");
        HttpResponse<String> undrained = post("/undrain?endpoint=%5B2001:db8::1%5D:8822&upstream=vvm");

        assertThat(drained.statusCode()).isEqualTo(200);
        assertThat(drained.body()).isEqualTo("{\"drained\":\"10.0.0.1:8822\",\"upstreams\":[\"vvm\"]}\n");
        assertThat(undrained.statusCode()).isEqualTo(200);
        assertThat(view.done).containsExactly("drain 10.0.0.1 8822 all", "undrain 2001:db8:0:0:0:0:0:1 8822 vvm");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/drain",
                "/drain?endpoint=",
                "/drain?endpoint=10.0.0.1",
                "/drain?endpoint=10.0.0.1:99999",
                "/drain?endpoint=localhost:8822",
                "/drain?endpoint=10.0.0.1:1&endpoint=10.0.0.1:2",
                "/drain?endpoint=10.0.0.1:8822&upstraem=vvm"
            })
    void aDrainThatIsNotClearChangesNothing(String target) throws Exception {
        assertThat(post(target).statusCode()).isEqualTo(400);
        assertThat(view.done).isEmpty();
    }

    @Test
    void drainingWhatNobodyHasIsNotFound() throws Exception {
        assertThat(post("/drain?endpoint=10.0.0.1:1").statusCode()).isEqualTo(404);
    }

    @Test
    void aReloadTellsWhatIsWrong() throws Exception {
        assertThat(post("/reload").body()).isEqualTo("{\"applied\":true}\n");
        view.reloadErrors.add("evenkeel.yaml:1:1: admin: \"x\"");

        HttpResponse<String> refused = post("/reload");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .isEqualTo("{\"applied\":false,\"errors\":[\"evenkeel.yaml:1:1: admin: \\\"x\\\"\"]}\n");
    }

    @Test
    void healthIsAnsweredWhileAReloadTakesItsTime() throws Exception {
        view.reloadMayEnd = new CountDownLatch(1);
        CompletableFuture<HttpResponse<String>> reload = client.sendAsync(
                request("/reload").POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());

        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(reload).isNotDone();

        view.reloadMayEnd.countDown();
        assertThat(reload.join().statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /healthz, 'GET, HEAD'",
        "DELETE, /metrics, 'GET, HEAD'",
        "GET, /drain, POST",
        "GET, /reload, POST"
    })
    void aWrongMethodIsToldTheRightOne(String method, String path, String allow) throws Exception {
        HttpResponse<String> response = client.send(
                request(path).method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("allow")).hasValue(allow);
        assertThat(view.done).isEmpty();
    }

    @Test
    void headIsGetWithoutTheBody() throws Exception {
        HttpResponse<String> response = client.send(
                request("/metrics").method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-length")).hasValue("20");
        assertThat(response.body()).isEmpty();
    }

    @Test
    void theIndexAndTheUnknownListTheEndpoints() throws Exception {
        assertThat(get("/").body()).contains("href=\"/metrics\"", "POST /drain");
        HttpResponse<String> unknown = get("/nothing");

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("/healthz\n", "/reload\n");
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example:9901, 403",
        "localhost.evil.example, 403",
        "127.0.0.1.evil.example:9901, 403",
        "'[::1', 403",
        "localhost, 200",
        "LOCALHOST:9901, 200",
        "127.0.0.1:9901, 200",
        "10.0.0.1, 200",
        "[::1]:9901, 200",
    })
    void aNameThatIsNotOursIsRefusedOnLoopback(String host, int status) throws Exception {
        String answer = RawClient.exchange(server.address(), "GET /healthz HTTP/1.1\r\nHost: " + host + "\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    }

    @ParameterizedTest
    @CsvSource({
        "Origin: https://evil.example, 403",
        "Origin: null, 403",
        "Sec-Fetch-Site: cross-site, 403",
        "Sec-Fetch-Site: same-site, 403",
        "Sec-Fetch-Site: none, 200",
        "X-Other: 1, 200"
    })
    void aCommandFromAWebPageIsRefused(String field, int status) throws Exception {
        String answer = RawClient.exchange(
                server.address(),
                "POST /reload HTTP/1.1\r\nHost: localhost\r\n" + field + "\r\nContent-Length: 0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(view.done).hasSize(status == 200 ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "'GET /healthz\r\n\r\n', 400",
        "'GET /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nContent-Length: 1\r\n\r\n', 400",
        "'POST /reload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n', 413"
    })
    void whatIsMalformedOrTooLargeIsAnsweredAndClosed(String request, int status) throws Exception {
        assertThat(RawClient.exchange(server.address(), request)).contains(" " + status + " ");
        assertThat(view.done).isEmpty();
    }

    @Test
    void aSecondRequestOnAConnectionIsNotServed() throws Exception {
        String one = "POST /reload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
        String answer = RawClient.exchange(server.address(), one + one);

        assertThat(answer).containsOnlyOnce("HTTP/1.1 200 ").containsIgnoringCase("connection: close");
        assertThat(view.done).containsExactly("reload");
    }

    @Test
    void connectionsOverTheLimitAreClosedAndTheirPlacesComeBack() throws Exception {
        AdminLimits two = limits(Duration.ofMinutes(1), Duration.ofMinutes(1));
        try (AdminServer small = AdminServer.start(TestConfig.admin(0), view, two)) {
            try (Socket first = RawClient.connect(small.address());
                    Socket second = RawClient.connect(small.address())) {
                assertThat(first.isConnected() && second.isConnected()).isTrue();
                assertThat(isServed(small)).isFalse();
            }
            await().until(() -> isServed(small));
        }
    }

    @Test
    void aClientThatNeverFinishesItsRequestIsClosed() throws Exception {
        AdminLimits impatient = limits(Duration.ofMillis(50), Duration.ofMinutes(1));
        try (AdminServer strict = AdminServer.start(TestConfig.admin(0), view, impatient)) {
            assertThat(RawClient.exchange(strict.address(), "GET /healthz HTTP/1.1\r\nHost: localh"))
                    .isEmpty();
        }
    }

    @Test
    void anAnswerThatTakesTooLongIsGivenUp() throws Exception {
        view.reloadMayEnd = new CountDownLatch(1);
        AdminLimits impatient = limits(Duration.ofMinutes(1), Duration.ofMillis(50));
        try (AdminServer strict = AdminServer.start(TestConfig.admin(0), view, impatient)) {
            assertThat(RawClient.exchange(strict.address(), "POST /reload HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .isEmpty();
        }
    }

    @Test
    void anAddressInUseIsOneClearLine() {
        int port = server.address().getPort();

        assertThatThrownBy(() -> AdminServer.start(TestConfig.admin(port), view))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("admin: cannot bind 127.0.0.1:" + port);
    }

    /** For two connections, with this patience for a request and for its answer. */
    private static AdminLimits limits(Duration request, Duration answer) {
        return new AdminLimits(2, request, answer, 2, Duration.ofMinutes(1));
    }

    private static boolean isServed(AdminServer server) {
        try {
            return RawClient.exchange(server.address(), "GET /healthz HTTP/1.0\r\n\r\n")
                    .contains(" 200 ");
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse<String> get(String target) throws Exception {
        return client.send(request(target).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String target) throws Exception {
        return client.send(request(target).POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.address().getPort() + target))
                .version(HttpClient.Version.HTTP_1_1);
    }
}
