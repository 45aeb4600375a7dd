package io.evenkeel.proxy.conformance;

import static io.evenkeel.proxy.conformance.Row.row;
import static io.evenkeel.proxy.conformance.Verdict.forwarded;
import static io.evenkeel.proxy.conformance.Verdict.forwardedSuchThat;
import static io.evenkeel.proxy.conformance.Verdict.forwardedUnchanged;
import static io.evenkeel.proxy.conformance.Verdict.refused;
import static io.evenkeel.proxy.conformance.Verdict.refusedOrForwardedStrictly;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.RouterFixture;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a request ends, and the ways to make two readers disagree about it: RFC 9112 §6. */
final class RequestFramingTest {

    /** What a lenient reader would take for the next request. */
    private static final String SMUGGLED = "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.plain();

    @ParameterizedTest(name = "{0}")
    @MethodSource({"both", "badLength", "goodLength", "unknownCoding", "badCoding", "goodCoding", "oldVersion"})
    void framingRow(Row row) {
        row.check(ROUTER);
    }

    static Stream<Row> both() {
        return Stream.of(
                        "Content-Length: 4\r\nTransfer-Encoding: chunked",
                        "Transfer-Encoding: chunked\r\nContent-Length: 4",
                        "transfer-encoding:chunked\r\ncontent-length:0",
                        "Content-Length: 4\r\nTransfer-Encoding: identity",
                        "Content-Length: 4\r\nTransfer-Encoding:",
                        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\nConnection: content-length",
                        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\nConnection: transfer-encoding")
                .map(fields -> row(
                        "9112 §6.3: Content-Length and Transfer-Encoding: " + fields,
                        post(fields),
                        refused(fields.contains("identity") ? new Integer[] {400, 501} : new Integer[] {400})));
    }

    static Stream<Row> badLength() {
        return Stream.of(
                        "4\r\nContent-Length: 5",
                        "4\r\nContent-Length: 4",
                        "4\r\ncontent-LENGTH: 0",
                        "4\r\nX: y\r\nContent-Length: 40",
                        "4, 4",
                        "4,5",
                        "4,",
                        ",4",
                        "+4",
                        "-4",
                        "-0",
                        "0x4",
                        "4 4",
                        "4;",
                        "4.0",
                        "1e1",
                        "",
                        "\"4\"",
                        "four",
                        "18446744073709551620",
                        "9223372036854775808",
                        "99999999999999999999999999999999",
                        "\u000b4",
                        "4\u000b",
                        "\u00a04",
                        "4\r\n 5",
                        "4\r\n\t5",
                        "\u00b2",
                        "4\u0000")
                .map(value -> row(
                        "9112 §6.3: an invalid Content-Length is an unrecoverable error: " + value,
                        post("Content-Length: " + value),
                        refused(400)));
    }

    static Stream<Row> goodLength() {
        return Stream.of("Content-Length: 3", "content-length:3", "Content-Length:\t 3 \t", "CONTENT-LENGTH: 03")
                .map(field -> row(
                        "9112 §6.2: Content-Length is the number of octets: " + field,
                        "POST / HTTP/1.1\r\nHost: a\r\n" + field + "\r\n\r\nabc",
                        forwardedUnchanged()));
    }

    static Stream<Row> unknownCoding() {
        return Stream.of("gzip, chunked", "deflate,chunked", "br , chunked", "xchunked, chunked")
                .map(value -> row(
                        "9112 §6.1: 501 to a transfer coding that is not understood: " + value,
                        post("Transfer-Encoding: " + value),
                        refused(501)));
    }

    static Stream<Row> badCoding() {
        return Stream.of(
                        "gzip",
                        "identity",
                        "xchunked",
                        "chunkedx",
                        "chunked, identity",
                        "chunked, gzip",
                        "chunked;a=b",
                        "chunked; q=0.5",
                        "\"chunked\"",
                        "chunked chunked",
                        "chunk",
                        "c\u0000hunked",
                        "identity, chunked",
                        "cow",
                        "chunked, cow",
                        "",
                        "chunked, chunked",
                        "chunked\r\nTransfer-Encoding: chunked",
                        "chunked\r\nTransfer-Encoding: identity",
                        "identity\r\nTransfer-Encoding: chunked",
                        "gzip\r\nTransfer-Encoding: chunked",
                        "\u000bchunked",
                        "chunked\u000b",
                        "\u000cchunked",
                        "\r\n chunked",
                        "chunked\r\n , identity",
                        "\u00a0chunked",
                        "chun\rked",
                        "chunked\u00fe")
                .map(value -> row(
                        "9112 §6.3: chunked must be the one and last coding: " + value,
                        post("Transfer-Encoding: " + value),
                        refused(400, 501)));
    }

    static Stream<Row> goodCoding() {
        String forwarded = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
        Stream<Row> taken = Stream.of("chunked", "CHUNKED", "Chunked", "\t chunked \t")
                .map(value -> row(
                        "9112 §7: coding names are case-insensitive: " + value,
                        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: " + value + "\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                        forwardedSuchThat(
                                request -> assertThat(request.body().text()).isEqualTo("abc"))));
        Stream<Row> open = Stream.of(",chunked", "chunked,", "chunked ,, ")
                .map(value -> row(
                        "9110 §5.6.1.2: empty list members are ignored or refused: " + value,
                        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: " + value + "\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                        refusedOrForwardedStrictly(400, 501)));
        Row exact = row(
                "9112 §7.1: chunked content is forwarded chunked",
                forwarded + "3\r\nabc\r\n0\r\n\r\n",
                forwarded(forwarded, "abc"));
        return Stream.concat(Stream.concat(taken, open), Stream.of(exact));
    }

    static Stream<Row> oldVersion() {
        return Stream.of(
                row(
                        "9112 §6.1: Transfer-Encoding in HTTP/1.0 is faulty framing",
                        "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        refused(400)),
                row(
                        "9112 §6.1: Transfer-Encoding in HTTP/1.0 is faulty framing, keep-alive or not",
                        "POST / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n"
                                + "Content-Length: 4\r\n\r\n" + SMUGGLED,
                        refused(400)),
                row(
                        "9112 §6.3: a request without either field has no content",
                        "POST / HTTP/1.1\r\nHost: a\r\n\r\n",
                        forwardedUnchanged()),
                row(
                        "9110 §9.3.1: content in a GET is framed like any other",
                        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
                        forwardedUnchanged()));
    }

    private static String post(String fields) {
        return "POST / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n\r\n" + SMUGGLED;
    }
}
