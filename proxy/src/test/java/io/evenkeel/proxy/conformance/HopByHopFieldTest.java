package io.evenkeel.proxy.conformance;

import static io.evenkeel.proxy.conformance.Row.row;
import static io.evenkeel.proxy.conformance.Verdict.forwarded;
import static io.evenkeel.proxy.conformance.Verdict.forwardedSuchThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.Fields;
import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Step;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is meant for one connection only: RFC 9110 §7.6.1, §7.8, §10.1.4. */
final class HopByHopFieldTest {

    private static final String CLEAN = "GET / HTTP/1.1\r\nHost: a\r\nA: 1\r\nZ: 2\r\n\r\n";

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.plain();

    @ParameterizedTest(name = "{0}")
    @MethodSource({"removed", "kept", "te"})
    void hopByHopRow(Row row) {
        row.check(ROUTER);
    }

    static Stream<Row> removed() {
        return Stream.of(
                        "Connection: keep-alive",
                        "Connection: X-Hop\r\nX-Hop: 1",
                        "connection:x-hop\r\nX-HOP:1",
                        "Connection: x-a, x-b\r\nX-A: 1\r\nX-B: 2",
                        "Connection: x-a\r\nConnection: x-b\r\nX-A: 1\r\nX-B: 2",
                        "Connection: x-hop\r\nX-Hop: 1\r\nX-Hop: 2",
                        "X-Hop: 1\r\nConnection: X-Hop",
                        "Connection:,, x-hop ,\t,\r\nX-Hop: 1",
                        "Connection: keep-alive, absent",
                        "Connection:",
                        "Keep-Alive: timeout=5",
                        "Proxy-Connection: keep-alive",
                        "Proxy-Connection: close",
                        "Connection: keep-alive, keep-alive\r\nKeep-Alive: max=1",
                        "TE: gzip",
                        "TE:",
                        "Upgrade: h2c",
                        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk",
                        "HTTP2-Settings: AAMAAABk\r\nConnection: HTTP2-Settings",
                        "Upgrade: websocket",
                        "Connection: Upgrade\r\nUpgrade: TLS/1.0, HTTP/2.0")
                .map(fields -> row(
                        "9110 §7.6.1: Connection, what it names and known hop-by-hop fields are removed: " + fields,
                        "GET / HTTP/1.1\r\nHost: a\r\nA: 1\r\n" + fields + "\r\nZ: 2\r\n\r\n",
                        forwarded(CLEAN)));
    }

    static Stream<Row> kept() {
        String nominated =
                "POST / HTTP/1.1\r\nHost: a\r\nConnection: transfer-encoding\r\nTransfer-Encoding: chunked\r\n\r\n";
        Stream<Row> host = Stream.of(
                row(
                        "9110 §7.6.1: Connection may not name Host",
                        "GET / HTTP/1.1\r\nHost: a\r\nConnection: host\r\n\r\n",
                        forwardedSuchThat(request ->
                                assertThat(request.fields().all("Host")).containsExactly("a"))),
                row(
                        "9110 §7.6.1: Connection may not name Content-Length",
                        "POST / HTTP/1.1\r\nHost: a\r\nConnection: content-length\r\nContent-Length: 3\r\n\r\nabc",
                        forwardedSuchThat(
                                request -> assertThat(request.body().text()).isEqualTo("abc"))),
                row(
                        "9110 §7.6.1: Connection may not name Transfer-Encoding",
                        nominated + "3\r\nabc\r\n0\r\n\r\n",
                        forwardedSuchThat(
                                request -> assertThat(request.body().text()).isEqualTo("abc"))));
        Stream<Row> prefixes = Stream.of("X-Hop-Not: 1", "Not-X-Hop: 1", "X: x-hop")
                .map(field -> row(
                        "9110 §7.6.1: only the very names are removed: " + field,
                        "GET / HTTP/1.1\r\nHost: a\r\nConnection: x-hop\r\n" + field + "\r\n\r\n",
                        forwarded("GET / HTTP/1.1\r\nHost: a\r\n" + field + "\r\n\r\n")));
        return Stream.concat(host, prefixes);
    }

    static Stream<Row> te() {
        return Stream.of(
                        "TE: trailers",
                        "TE: trailers, gzip",
                        "TE: gzip;q=0.5, Trailers",
                        "TE: gzip\r\nTE: trailers",
                        "Connection: TE\r\nTE: trailers")
                .map(fields -> row(
                        "9110 §10.1.4: of TE only trailers is passed on, with its connection option: " + fields,
                        "GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n\r\n",
                        forwardedSuchThat(request -> {
                            assertThat(request.fields().joined("TE")).isEqualToIgnoringCase("trailers");
                            assertThat(request.fields().joined("Connection")).isEqualToIgnoringCase("te");
                        })));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: X-Hop\r\nX-Hop: 1",
                "Keep-Alive: timeout=5",
                "Proxy-Connection: keep-alive",
                "Connection: keep-alive",
                "X-Hop: 1\r\nConnection: keep-alive, X-Hop"
            })
    void hopByHopFieldsOfAResponseAreRemoved(String fields) throws IOException {
        ROUTER.upstream().next(Step.answer("HTTP/1.1 200 OK\r\nA: 1\r\n" + fields + "\r\nContent-Length: 2\r\n\r\nok"));
        try (RawClient client = ROUTER.client()) {
            RawResponse response = client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(Stream.of("X-Hop", "Keep-Alive", "Proxy-Connection", "Connection")
                            .filter(response.fields()::has))
                    .isEmpty();
            assertThat(response.fields().all("A")).containsExactly("1");
        }
    }

    @ParameterizedTest
    @CsvSource({"content-length", "transfer-encoding"})
    void connectionOfAResponseMayNotNameItsFraming(String named) throws IOException {
        boolean length = named.equals("content-length");
        ROUTER.upstream()
                .next(Step.answer("HTTP/1.1 200 OK\r\nConnection: " + named + "\r\n"
                        + (length
                                ? "Content-Length: 2\r\n\r\nok"
                                : "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")));
        try (RawClient client = ROUTER.client()) {
            Fields fields = client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n").fields();
            assertThat(fields.has(named)).isTrue();
            assertThat(client.exchange(Verdict.CANARY).status()).isEqualTo(200);
        }
    }
}
