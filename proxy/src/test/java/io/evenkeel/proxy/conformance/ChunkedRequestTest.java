package io.evenkeel.proxy.conformance;

import static io.evenkeel.proxy.conformance.Row.row;
import static io.evenkeel.proxy.conformance.Verdict.contentRefused;
import static io.evenkeel.proxy.conformance.Verdict.forwarded;
import static io.evenkeel.proxy.conformance.Verdict.forwardedSuchThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.RouterFixture;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The chunked transfer coding in requests: RFC 9112 §7.1, RFC 9110 §6.5. */
final class ChunkedRequestTest {

    private static final String HEAD = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.plain();

    @ParameterizedTest(name = "{0}")
    @MethodSource({
        "valid",
        "badSizes",
        "badData",
        "badExtensions",
        "longExtensions",
        "trailers",
        "badTrailers",
        "harmfulTrailers"
    })
    void chunkedRow(Row row) {
        row.check(ROUTER);
    }

    static Stream<Row> valid() {
        return Stream.of(
                        "3\r\nabc\r\n0\r\n\r\n",
                        "1\r\na\r\n2\r\nbc\r\n0\r\n\r\n",
                        "003\r\nabc\r\n000\r\n\r\n",
                        "3;x\r\nabc\r\n0;y\r\n\r\n",
                        "3;x=y;z\r\nabc\r\n0\r\n\r\n",
                        "3;x=\"y;z\"\r\nabc\r\n0\r\n\r\n",
                        "3;x=\"\\\"\"\r\nabc\r\n0\r\n\r\n",
                        "3;x=\"y\\\\\"\r\nabc\r\n0\r\n\r\n",
                        "3 ; x = y\r\nabc\r\n0\r\n\r\n",
                        "3;x=\"\u00e4\"\r\nabc\r\n0\r\n\r\n")
                .map(body -> row(
                        "9112 §7.1.1: extensions are ignored and not forwarded: " + body,
                        HEAD + body,
                        forwarded(HEAD, "abc")));
    }

    static Stream<Row> badSizes() {
        return Stream.of(
                        "",
                        "g",
                        "0x3",
                        "-3",
                        "+3",
                        " 3",
                        "3 ",
                        "\t3",
                        "3\t",
                        ";x",
                        "3,",
                        "3.0",
                        "\u00b3",
                        "3 3",
                        "3_",
                        "FFFFFFFFFFFFFFFF",
                        "8000000000000000",
                        "10000000000000000",
                        "FFFFFFFFFFFFFFFF3",
                        "\u00003",
                        "3\u0000",
                        "3\u000b",
                        "chunk",
                        "\r\n3")
                .map(size -> row(
                        "9112 §7.1: chunk-size is 1*HEXDIG without overflow: " + size,
                        HEAD + size + "\r\nabc\r\n0\r\n\r\n",
                        contentRefused(400, 413)));
    }

    static Stream<Row> badData() {
        return Stream.of(
                        "3\nabc\r\n0\r\n\r\n",
                        "3\r\nabc\n0\r\n\r\n",
                        "3\r\nabc\r0\r\n\r\n",
                        "3\rabc\r\n0\r\n\r\n",
                        "3\r\nabcd\r\n0\r\n\r\n",
                        "3\r\nab\r\n0\r\n\r\n",
                        "3\r\nabc0\r\n\r\n",
                        "3\r\nabc\r\n0\n\r\n\r\n",
                        "3\r\nabc\r\n0\r\n\n\r\n\r\n",
                        "3\r\nabc\r\n0\r\n\r\r\n\r\n",
                        "3\r\nabc\r\n0\r\r\n\r\n\r\n",
                        "3\r\nabc\r\n\r\n0\r\n\r\n",
                        "3\r\r\nabc\r\n0\r\n\r\n",
                        "3\r\nabc\r\r\n0\r\n\r\n")
                .map(body -> row("9112 §7.1: every CRLF is a CRLF: " + body, HEAD + body, contentRefused(400)));
    }

    static Stream<Row> badExtensions() {
        return Stream.of(
                        ";x\n",
                        ";x=\ny",
                        ";x\ry",
                        ";x=\"y\nz\"",
                        ";x=\"y\r\nz\"",
                        ";x=\"y\rz\"",
                        ";x=y\u0000",
                        ";\u0001",
                        ";x=\"\\\r\n\"",
                        ";x\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a",
                        "\n;",
                        " x",
                        ";x=\u007f")
                .map(extension -> row(
                        "9112 §7.1.1: an extension ends with its line and holds no control character: " + extension,
                        HEAD + "3" + extension + "\r\nabc\r\n0\r\n\r\n",
                        contentRefused(400)));
    }

    static Stream<Row> longExtensions() {
        return Stream.of(
                row(
                        "9112 §7.1.1: the length of an extension is limited",
                        HEAD + "3;" + "x".repeat(100_000) + "\r\nabc\r\n0\r\n\r\n",
                        contentRefused(400, 413, 431)),
                row(
                        "9112 §7.1.1: the total length of extensions is limited",
                        HEAD + ("1;" + "x".repeat(1_000) + "\r\na\r\n").repeat(1_000) + "0\r\n\r\n",
                        contentRefused(400, 413, 431)),
                row(
                        "9112 §7.1: a size of many zeros is limited",
                        HEAD + "0".repeat(100_000) + "3\r\nabc\r\n0\r\n\r\n",
                        contentRefused(400, 413, 431)));
    }

    static Stream<Row> trailers() {
        return Stream.of(
                row(
                        "9110 §6.5: trailers are kept apart and passed on",
                        HEAD + "3\r\nabc\r\n0\r\nX-Sum: 1\r\nX-Odd: \u00e4\r\n\r\n",
                        forwardedSuchThat(request -> {
                            assertThat(request.body().text()).isEqualTo("abc");
                            assertThat(request.body().trailers().all("X-Sum")).containsExactly("1");
                            assertThat(request.body().trailers().all("X-Odd")).containsExactly("\u00e4");
                            assertThat(request.fields().has("X-Sum")).isFalse();
                        })),
                row(
                        "9110 §6.6.2: Trailer is passed on",
                        HEAD.replace("\r\n\r\n", "\r\nTrailer: X-Sum\r\n\r\n") + "0\r\nX-Sum: 1\r\n\r\n",
                        forwardedSuchThat(request -> {
                            assertThat(request.fields().all("Trailer")).containsExactly("X-Sum");
                            assertThat(request.body().trailers().all("X-Sum")).containsExactly("1");
                        })));
    }

    static Stream<Row> badTrailers() {
        Stream<Row> malformed = Stream.of(
                        "X : y",
                        " X: y",
                        "X: y\r\n z",
                        "X",
                        ": y",
                        "X: \u0000",
                        "X: y\rz",
                        "X: y\nZ: w",
                        "X y: z",
                        "GET / HTTP/1.1",
                        "\u00e4: y")
                .map(line -> row(
                        "9112 §7.1.2: the trailer section is made of field lines: " + line,
                        HEAD + "3\r\nabc\r\n0\r\n" + line + "\r\n\r\n",
                        contentRefused(400)));
        Row large = row(
                "9110 §6.5: the size of the trailer section is limited",
                HEAD + "3\r\nabc\r\n0\r\nX: " + "y".repeat(200_000) + "\r\n\r\n",
                contentRefused(400, 413, 431));
        Row many = row(
                "9110 §6.5: the number of trailer fields is limited",
                HEAD + "3\r\nabc\r\n0\r\n" + "X: y\r\n".repeat(5_000) + "\r\n",
                contentRefused(400, 413, 431));
        return Stream.concat(malformed, Stream.of(large, many));
    }

    static Stream<Row> harmfulTrailers() {
        return Stream.of(
                        "Content-Length",
                        "Transfer-Encoding",
                        "Host",
                        "Connection",
                        "TE",
                        "Upgrade",
                        "Content-Encoding",
                        "Authorization",
                        "Cookie",
                        "Expect",
                        "Via",
                        "X-Forwarded-For",
                        "Forwarded")
                .map(name -> row(
                        "9110 §6.5.1: a field that frames, routes or authenticates is no trailer: " + name,
                        HEAD + "3\r\nabc\r\n0\r\nX-Sum: 1\r\n" + name + ": 1\r\n\r\n",
                        Verdict.refusedOrForwardedSuchThat(
                                request -> assertThat(request.body().trailers().has(name))
                                        .isFalse(),
                                400)));
    }
}
