package io.evenkeel.proxy.conformance;

import static io.evenkeel.proxy.conformance.Row.row;
import static io.evenkeel.proxy.conformance.Verdict.forwarded;
import static io.evenkeel.proxy.conformance.Verdict.forwardedUnchanged;
import static io.evenkeel.proxy.conformance.Verdict.refused;
import static io.evenkeel.proxy.conformance.Verdict.refusedOrForwardedStrictly;
import static io.evenkeel.proxy.conformance.Verdict.refusedOrForwardedUnchanged;

import io.evenkeel.proxy.testing.RouterFixture;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which host a request is for: RFC 9112 §3.2, RFC 9110 §7.2. */
final class HostFieldTest {

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.plain();

    @ParameterizedTest(name = "{0}")
    @MethodSource({"number", "invalid", "open", "valid", "absoluteForm"})
    void hostRow(Row row) {
        row.check(ROUTER);
    }

    static Stream<Row> number() {
        return Stream.of(
                row("9112 §3.2: 400 to any HTTP/1.1 request that lacks Host", "GET / HTTP/1.1\r\n\r\n", refused(400)),
                row("9112 §3.2: 400 to more than one Host", host("a\r\nHost: b"), refused(400)),
                row("9112 §3.2: 400 to more than one Host, even equal ones", host("a\r\nHost: a"), refused(400)),
                row("9112 §3.2: 400 to more than one Host, in any case", host("a\r\nhOST: b"), refused(400)),
                row("9112 §3.2: 400 to more than one Host, one of them empty", host("a\r\nHost:"), refused(400)),
                row(
                        "9112 §3.2: HTTP/1.0 may lack Host, what is forwarded may not",
                        "GET / HTTP/1.0\r\n\r\n",
                        refusedOrForwardedStrictly(400)));
    }

    static Stream<Row> invalid() {
        return Stream.of(
                        "a b",
                        "a/b",
                        "a?b",
                        "a#b",
                        "u@a",
                        "u:p@a",
                        "a:b",
                        "a:-1",
                        "a:80:80",
                        "[::1",
                        "::1]",
                        "[zz]",
                        "[::1]x",
                        "[::1]:x",
                        "a%zz",
                        "a%2",
                        "a\"b",
                        "a<b",
                        "a\\b",
                        "a|b",
                        "a^b",
                        "a{b}",
                        "http://a",
                        "\u00e4",
                        "a\tb")
                .map(value -> row("9112 §3.2: 400 to an invalid Host value: " + value, host(value), refused(400)));
    }

    static Stream<Row> open() {
        return Stream.of("", "a:", "a:65536", "a:99999999999")
                .map(value -> row(
                        "9112 §3.3: a Host that names no port or host may be refused, never repaired: " + value,
                        host(value),
                        refusedOrForwardedUnchanged(400)));
    }

    static Stream<Row> valid() {
        return Stream.of(
                        "a",
                        "A.Example",
                        "a.example.",
                        "a-b_c.example",
                        "a:80",
                        "127.0.0.1",
                        "127.0.0.1:8080",
                        "[::1]",
                        "[2001:DB8::1]:443",
                        "%41.example")
                .map(value -> row("9110 §7.2: Host is passed unchanged: " + value, host(value), forwardedUnchanged()));
    }

    static Stream<Row> absoluteForm() {
        String clause = "9112 §3.2.2: absolute-form wins over Host";
        return Stream.of(
                row(
                        clause,
                        "GET http://b.example/x?y HTTP/1.1\r\nHost: a\r\n\r\n",
                        forwarded("GET /x?y HTTP/1.1\r\nHost: b.example\r\n\r\n")),
                row(
                        clause + ", with its port",
                        "GET http://b.example:81/x HTTP/1.1\r\nHost: a\r\n\r\n",
                        forwarded("GET /x HTTP/1.1\r\nHost: b.example:81\r\n\r\n")),
                row(
                        clause + ", when Host is empty",
                        "GET http://b.example/ HTTP/1.1\r\nHost:\r\n\r\n",
                        forwarded("GET / HTTP/1.1\r\nHost: b.example\r\n\r\n")),
                row(
                        "3986 §3.1: schemes are case-insensitive",
                        "GET HTTP://b.example/ HTTP/1.1\r\nHost: a\r\n\r\n",
                        forwarded("GET / HTTP/1.1\r\nHost: b.example\r\n\r\n")),
                row(
                        "9112 §3.2.1: an empty path is sent as /",
                        "GET http://b.example HTTP/1.1\r\nHost: b.example\r\n\r\n",
                        forwarded("GET / HTTP/1.1\r\nHost: b.example\r\n\r\n")),
                row(
                        "9112 §3.2.1: an empty path before a query is sent as /",
                        "GET http://b.example?q HTTP/1.1\r\nHost: b.example\r\n\r\n",
                        forwarded("GET /?q HTTP/1.1\r\nHost: b.example\r\n\r\n")),
                row(
                        "9112 §3.2: absolute-form does not excuse a missing Host",
                        "GET http://b.example/ HTTP/1.1\r\n\r\n",
                        refused(400)),
                row(
                        "9110 §4.2.4: user information in a target is an error",
                        "GET http://u:p@b.example/ HTTP/1.1\r\nHost: b.example\r\n\r\n",
                        refused(400)),
                row("9110 §4.2.1: an empty host is invalid", "GET http:///x HTTP/1.1\r\nHost: a\r\n\r\n", refused(400)),
                row(
                        "9112 §3.2.2: a scheme that is not HTTP is no target of this router",
                        "GET ftp://b.example/x HTTP/1.1\r\nHost: b.example\r\n\r\n",
                        refused(400, 421)));
    }

    private static String host(String value) {
        return "GET / HTTP/1.1\r\nHost: " + value + "\r\n\r\n";
    }
}
