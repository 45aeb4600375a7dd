package io.evenkeel.proxy.conformance;

import static io.evenkeel.proxy.conformance.Row.row;
import static io.evenkeel.proxy.conformance.Verdict.answered;
import static io.evenkeel.proxy.conformance.Verdict.forwardedUnchanged;
import static io.evenkeel.proxy.conformance.Verdict.refused;
import static io.evenkeel.proxy.conformance.Verdict.refusedOrForwardedStrictly;
import static io.evenkeel.proxy.conformance.Verdict.refusedOrForwardedSuchThat;
import static io.evenkeel.proxy.conformance.Verdict.refusedOrForwardedUnchanged;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.RouterFixture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Request lines: RFC 9112 §3, RFC 9110 §2.5, §9. */
final class RequestLineTest {

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.plain();

    @ParameterizedTest(name = "{0}")
    @MethodSource({"malformed", "versions", "unsupported", "methods", "targets", "badTargets", "controls", "oddTargets"
    })
    void requestLineRow(Row row) {
        row.check(ROUTER);
    }

    static Stream<Row> malformed() {
        return Stream.of(
                        "GET  / HTTP/1.1",
                        "GET /  HTTP/1.1",
                        " GET / HTTP/1.1",
                        "GET / HTTP/1.1 ",
                        "GET\t/ HTTP/1.1",
                        "GET /\tHTTP/1.1",
                        "GET / HTTP/1.1\t",
                        "GET /",
                        "GET",
                        "GET HTTP/1.1",
                        "GET  HTTP/1.1",
                        "GET / / HTTP/1.1",
                        "GET /a b HTTP/1.1",
                        "G(T / HTTP/1.1",
                        "G\u0000T / HTTP/1.1",
                        "\u00e4 / HTTP/1.1",
                        "/ GET HTTP/1.1",
                        "\"GET\" / HTTP/1.1",
                        "GET\u000b/\u000bHTTP/1.1",
                        "\u0016\u0003\u0001\u0002\u0000\u0001",
                        "GET / HTTP/1.1 HTTP/1.1",
                        ":method: GET")
                .map(line -> row(
                        "9112 §3: method SP request-target SP HTTP-version: " + line,
                        line + "\r\nHost: a\r\n\r\n",
                        refused(400)));
    }

    static Stream<Row> versions() {
        return Stream.of(
                        "http/1.1",
                        "Http/1.1",
                        "HTTP/1",
                        "HTTP/1.",
                        "HTTP/.1",
                        "HTTP/1.1.1",
                        "HTTP/11",
                        "HTTP/1.10",
                        "HTTP/01.1",
                        "HTTP/1.01",
                        "HTTP/1,1",
                        "HTTP 1.1",
                        "HTTP/1.x",
                        "HTTPS/1.1",
                        "HTTP/1.1x",
                        "HTTP/+1.1",
                        "HTTP/1 .1",
                        "HTTP/\u00b9.1",
                        "XTTP/1.1",
                        "HTTP\\1.1",
                        "HTTP/-1.1")
                .map(version -> row(
                        "9112 §2.3: HTTP-version is HTTP/DIGIT.DIGIT, case-sensitive: " + version,
                        "GET / " + version + "\r\nHost: a\r\n\r\n",
                        refused(400, 505)));
    }

    static Stream<Row> unsupported() {
        Stream<Row> majors = Stream.of("HTTP/0.9", "HTTP/2.0", "HTTP/3.0", "HTTP/9.9")
                .map(version -> row(
                        "9110 §15.6.6: 505 to a major version that is not supported: " + version,
                        "GET / " + version + "\r\nHost: a\r\n\r\n",
                        refused(505)));
        Row minor = row(
                "9110 §2.5: a higher minor version is read as the highest known, or refused",
                "GET / HTTP/1.2\r\nHost: a\r\n\r\n",
                refusedOrForwardedStrictly(400, 505));
        return Stream.concat(majors, Stream.of(minor));
    }

    static Stream<Row> methods() {
        Stream<Row> passed = Stream.of(
                        "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "get", "!x~")
                .map(method -> row(
                        "9110 §9.1: methods are case-sensitive tokens, and not ours to judge: " + method,
                        method + " /m HTTP/1.1\r\nHost: a\r\n\r\n",
                        forwardedUnchanged()));
        Stream<Row> refused = Stream.of(
                        "TRACE / HTTP/1.1", "TRACE http://a/ HTTP/1.1", "CONNECT a:443 HTTP/1.1", "CONNECT / HTTP/1.1")
                .map(line -> row(
                        "9110 §9.3.6, §9.3.8: CONNECT and TRACE are not served: " + line,
                        line + "\r\nHost: a\r\n\r\n",
                        answered(line.startsWith("CONNECT /") ? new Integer[] {400, 405} : new Integer[] {405})));
        return Stream.concat(passed, refused);
    }

    static Stream<Row> targets() {
        Stream<Row> same = Stream.of(
                        "/",
                        "/?",
                        "/?a=b&c=%20",
                        "/a;b=c",
                        "/a?b?c/../d",
                        "/%41%c3%a4",
                        "/~a_b-c.d!$&'()*+,;=:@",
                        "/a//b",
                        "/...",
                        "/.a/b..")
                .map(target -> row(
                        "9112 §3.2: a target that needs no change is passed unchanged: " + target,
                        "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n",
                        forwardedUnchanged()));
        Row long8000 = row(
                "9112 §3: a request line of 8000 octets is supported",
                "GET /" + "x".repeat(7_985) + " HTTP/1.1\r\nHost: a\r\n\r\n",
                forwardedUnchanged());
        Row absolute = row(
                "9112 §3.2.4: OPTIONS of a whole host in absolute-form is sent on as *, if at all",
                "OPTIONS http://a HTTP/1.1\r\nHost: a\r\n\r\n",
                refusedOrForwardedSuchThat(
                        request -> assertThat(request.head()).isEqualTo("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"), 404));
        Row asterisk = row(
                "9112 §3.2.4: OPTIONS * is about the server as a whole, and is sent on as it is, if at all",
                "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
                refusedOrForwardedUnchanged(404));
        return Stream.concat(same, Stream.of(long8000, absolute, asterisk));
    }

    static Stream<Row> badTargets() {
        return Stream.of(
                        "GET *",
                        "POST *",
                        "GET a:80",
                        "GET a",
                        "GET a/b",
                        "GET ?a",
                        "GET http:/a",
                        "GET http://",
                        "OPTIONS **",
                        "OPTIONS *?a",
                        "GET /#a",
                        "GET /a#",
                        "GET http://a/#b",
                        "GET \\",
                        "GET http://[::1/",
                        "GET http://a:b/",
                        "GET http://a b/",
                        "GET http://a\\b/")
                .map(line -> row(
                        "9112 §3.2: the target has one of four forms: " + line,
                        line + " HTTP/1.1\r\nHost: a\r\n\r\n",
                        refused(400)));
    }

    static Stream<Row> controls() {
        return IntStream.concat(IntStream.rangeClosed(0, 0x20), IntStream.of(0x7f))
                .mapToObj(c -> row(
                        "3986 §2: no control character or space in a target: " + (char) c,
                        "GET /a" + (char) c + "b HTTP/1.1\r\nHost: a\r\n\r\n",
                        refused(400)));
    }

    static Stream<Row> oddTargets() {
        return Stream.of(
                        "/\u00e4",
                        "/\"",
                        "/<",
                        "/>",
                        "/\\",
                        "/^",
                        "/`",
                        "/{",
                        "/|",
                        "/}",
                        "/a[b]",
                        "/%",
                        "/%4",
                        "/%zz",
                        "/%00",
                        "/%0d%0a",
                        "/?%",
                        "/?\u00e4")
                .map(target -> row(
                        "9112 §3: what is no URI is refused or passed unchanged, never repaired: " + target,
                        "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n",
                        refusedOrForwardedUnchanged(400)));
    }
}
