package io.evenkeel.proxy.http;

import static io.evenkeel.proxy.http.HeadVerdict.CODING_UNKNOWN;
import static io.evenkeel.proxy.http.HeadVerdict.COMPLETE;
import static io.evenkeel.proxy.http.HeadVerdict.EXPECTATION_UNKNOWN;
import static io.evenkeel.proxy.http.HeadVerdict.INCOMPLETE;
import static io.evenkeel.proxy.http.HeadVerdict.MALFORMED;
import static io.evenkeel.proxy.http.HeadVerdict.METHOD_REFUSED;
import static io.evenkeel.proxy.http.HeadVerdict.TARGET_TOO_LONG;
import static io.evenkeel.proxy.http.HeadVerdict.TOO_LARGE;
import static io.evenkeel.proxy.http.HeadVerdict.VERSION_UNSUPPORTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RequestHeadTest {

    private final RequestHead head = new RequestHead(Heads.MAX_BYTES, Heads.MAX_FIELDS);

    /** A head that is right; {@code \n} in {@link #lines} stands for CRLF. */
    record Accepted(
            String clause, String lines, String method, String host, String authority, String path, String query) {

        String text() {
            return crlf(lines);
        }
    }

    /** A head, or the beginning of one, that is refused, and how. */
    record Refused(String clause, String text, HeadVerdict verdict) {}

    private static String crlf(String lines) {
        return lines.replace("\n", "\r\n");
    }

    private static Accepted origin(String clause, String lines, String method, String path, String query) {
        return new Accepted(clause, lines, method, "a", "a", path, query);
    }

    static Stream<Accepted> accepted() {
        return Stream.of(
                origin("9112 §3.2.1 origin-form", "GET / HTTP/1.1\nHost: a\n\n", "GET", "/", ""),
                origin("9112 §3.2.1 query", "GET /x?y=z?/.. HTTP/1.1\nHost: a\n\n", "GET", "/x", "?y=z?/.."),
                origin("3986 §3.4 empty query", "GET /x? HTTP/1.1\nHost: a\n\n", "GET", "/x", "?"),
                origin("3986 §3.3 empty segments stay", "GET //x// HTTP/1.1\nHost: a\n\n", "GET", "//x//", ""),
                origin("3986 §6.2.2.3 dot segments", "GET /x/./y/../z HTTP/1.1\nHost: a\n\n", "GET", "/x/z", ""),
                origin("3986 §6.2.2.2 %2e", "GET /x/%2E%2e/z?%2e HTTP/1.1\nHost: a\n\n", "GET", "/z", "?%2e"),
                origin("3986 §2.2 %2F stays", "GET /x%2Fy HTTP/1.1\nHost: a\n\n", "GET", "/x%2Fy", ""),
                origin("9110 §9.1 any token is a method", "PROP-FIND! / HTTP/1.1\nHost: a\n\n", "PROP-FIND!", "/", ""),
                origin("9110 §9.1 methods are case-sensitive", "connect / HTTP/1.1\nHost: a\n\n", "connect", "/", ""),
                origin("9112 §2.2 empty lines before", "\n\nGET / HTTP/1.1\nHost: a\n\n", "GET", "/", ""),
                origin("9112 §2.3 higher minor version", "GET / HTTP/1.9\nHost: a\n\n", "GET", "/", ""),
                origin(
                        "9112 §5.1 no blank, many blanks",
                        "GET / HTTP/1.1\nX:1\nHost: \t a \t \nY:\n\n",
                        "GET",
                        "/",
                        ""),
                origin("9110 §5.5 obs-text", "GET / HTTP/1.1\nHost: a\nX: \u00e9\u00ff\n\n", "GET", "/", ""),
                origin("9110 §5.1 names in any case", "GET / HTTP/1.1\nhOsT: a\n\n", "GET", "/", ""),
                origin("9112 §6.2", "POST / HTTP/1.1\nHost: a\nContent-Length: 00012\n\n", "POST", "/", ""),
                origin("9112 §6.1", "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: ChunKed\n\n", "POST", "/", ""),
                new Accepted("9112 §3.2 empty Host", "GET / HTTP/1.1\nHost:\n\n", "GET", "", "", "/", ""),
                new Accepted("9112 §3.2 HTTP/1.0 without Host", "GET / HTTP/1.0\n\n", "GET", "", "", "/", ""),
                new Accepted("9110 §7.2 port", "GET / HTTP/1.1\nHost: b.c:8080\n\n", "GET", "b.c", "b.c:8080", "/", ""),
                new Accepted("3986 §3.2.3 empty port", "GET / HTTP/1.1\nHost: b.c:\n\n", "GET", "b.c", "b.c:", "/", ""),
                new Accepted("3986 §3.2.2", "GET / HTTP/1.1\nHost: [::1]:80\n\n", "GET", "[::1]", "[::1]:80", "/", ""),
                new Accepted("9112 §3.2.4", "OPTIONS * HTTP/1.1\nHost: a\n\n", "OPTIONS", "a", "a", "*", ""),
                new Accepted("9112 §3.2.2", "GET HTTP://b:1/p?q HTTP/1.1\nHost: a\n\n", "GET", "b", "b:1", "/p", "?q"),
                new Accepted("9112 §3.2.2 https", "GET https://b/ HTTP/1.1\nHost: a\n\n", "GET", "b", "b", "/", ""),
                new Accepted("9110 §4.2.3", "GET http://b HTTP/1.1\nHost: a\n\n", "GET", "b", "b", "/", ""),
                new Accepted("9110 §4.2.3", "GET http://b?q HTTP/1.1\nHost: a\n\n", "GET", "b", "b", "/", "?q"),
                new Accepted("9112 §3.2.4", "OPTIONS http://b HTTP/1.1\nHost: a\n\n", "OPTIONS", "b", "b", "*", ""),
                new Accepted("9112 §3.2.2", "GET http://b/x/../y HTTP/1.1\nHost: a\n\n", "GET", "b", "b", "/y", ""));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void anAcceptedHeadIsTakenApart(Accepted row) {
        assertThat(Heads.read(head, row.text() + "body", Heads.LIMITS)).isEqualTo(COMPLETE);

        RequestTarget target = head.target();
        assertThat(head.length()).isEqualTo(row.text().length());
        assertThat(of(head.methodStart(), head.methodEnd())).isEqualTo(row.method());
        assertThat(of(target.hostStart(), target.hostEnd())).isEqualTo(row.host());
        assertThat(of(target.authorityStart(), target.authorityEnd())).isEqualTo(row.authority());
        assertThat(Heads.text(target.pathBytes(), target.pathStart(), target.pathEnd()))
                .isEqualTo(row.path());
        assertThat(Heads.text(target.pathBytes(), target.pathEnd(), target.queryEnd()))
                .isEqualTo(row.query());
    }

    private String of(int start, int end) {
        return Heads.text(head.bytes(), start, end);
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void everyBeginningOfAnAcceptedHeadIsIncomplete(Accepted row) {
        for (int length = 0; length < row.text().length(); length++) {
            String part = row.text().substring(0, length);
            assertThat(Heads.read(head, part, Heads.LIMITS)).as(part).isEqualTo(INCOMPLETE);
        }
    }

    static Stream<Refused> refused() {
        return Stream.of(
                get("9112 §2.2 bare LF", "GET / HTTP/1.1\nHost: a\r\n\r\n"),
                get("9112 §2.2 bare LF before", "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
                get("9112 §2.2 bare LF at the end", "GET / HTTP/1.1\r\nHost: a\r\n\n"),
                get("9112 §2.2 bare CR before", "\rGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
                get("9112 §2.2 bare CR at the end", "GET / HTTP/1.1\r\nHost: a\r\n\rX"),
                get("9112 §2.2 blank before the first field", "GET / HTTP/1.1\r\n Host: a\r\n\r\n"),
                get("9112 §3 blank before the method", " GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
                get("9112 §3 two blanks", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"),
                get("9112 §3 two blanks", "GET /  HTTP/1.1\r\nHost: a\r\n\r\n"),
                get("9112 §3 tab", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n"),
                get("9112 §3 blank behind the version", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n"),
                get("9112 §3 no version: HTTP/0.9", "GET /\r\n\r\n"),
                get("9112 §3 no target", "GET HTTP/1.1\r\nHost: a\r\n\r\n"),
                get("9112 §3.1 no token", "G(T / HTTP/1.1\r\nHost: a\r\n\r\n"),
                get("9112 §2.3 case", "GET / http/1.1\r\nHost: a\r\n\r\n"),
                get("9112 §2.3 two digits", "GET / HTTP/1.10\r\nHost: a\r\n\r\n"),
                get("9112 §2.3 no minor version", "GET / HTTP/1\r\nHost: a\r\n\r\n"),
                get("9112 §2.3 letters", "GET / HTTP/1.x\r\nHost: a\r\n\r\n"),
                target("9112 §3.2 fragment", "/x#y"),
                target("9112 §3.2 raw octets", "/\u00e9"),
                target("9112 §3.2 control", "/\u0001"),
                target("9112 §3.2 DEL", "/\u007f"),
                target("9112 §3.2 NUL", "/\0"),
                target("9112 §3.2 no form", "x"),
                target("9112 §3.2.3 authority-form is for CONNECT", "b:80"),
                target("9112 §3.2.4 asterisk-form is for OPTIONS", "*"),
                target("9112 §3.2.2 another scheme", "ftp://b/"),
                target("9110 §4.2.1 no host", "http:///x"),
                target("9110 §4.2.1 no host but a port", "http://:80/x"),
                target("9110 §4.2.4 user information", "http://u:p@b/"),
                target("3986 §3.2.2 no host", "http://b\\c/"),
                target("3986 §3.2.3 port", "http://b:65536/"),
                target("3986 §2.1 broken escape", "/%zz"),
                target("3986 §2.1 cut escape", "/%2"),
                target("3986 §7.3 NUL", "/%00"),
                target("3986 §6.2.2.3 above the root", "/../x"),
                target("3986 §6.2.2.3 hidden", "/x/..%2f..%2fy"),
                target("3986 §6.2.2.3 hidden", "/x/..\\y"),
                target("3986 §6.2.2.3 hidden", "/x/%2e%2e%5cy"),
                get("9112 §3.2 no Host", "GET / HTTP/1.1\r\n\r\n"),
                get("9112 §3.2 no Host, absolute-form", "GET http://b/ HTTP/1.1\r\n\r\n"),
                field("9112 §3.2 two Hosts", "Host: a"),
                host("9112 §3.2 list", "a, b"),
                host("9112 §3.2 two words", "a b"),
                host("9112 §3.2 path", "a/b"),
                host("9112 §3.2 user information", "u@a"),
                host("9112 §3.2 port", "a:b"),
                host("9112 §3.2 port", "a:-1"),
                host("9112 §3.2 port", "a:080000"),
                host("9112 §3.2 only a port", ":80"),
                host("9112 §3.2 control", "a\u0001"),
                field("9112 §5 no colon", "X"),
                field("9112 §5 no name", ": x"),
                field("9112 §5.1 blank before the colon", "X : y"),
                field("9112 §5.1 tab before the colon", "X\t: y"),
                field("9112 §5.1 no token", "X(Y): z"),
                field("9112 §5.1 raw octets in the name", "X\u00e9: z"),
                field("9112 §5.2 folded", "X: y\r\n z"),
                field("9112 §5.2 folded by a tab", "X: y\r\n\tz"),
                field("9110 §5.5 NUL", "X: y\0"),
                field("9110 §5.5 bare CR", "X: y\rz"),
                field("9110 §5.5 bare LF", "X: y\nZ: z"),
                field("9110 §5.5 control", "X: \u0007"),
                field("9110 §5.5 DEL", "X: \u007f"),
                field("9112 §6.1 both", "Content-Length: 1\r\nTransfer-Encoding: chunked"),
                field("9112 §6.1 both, the other way", "Transfer-Encoding: chunked\r\nContent-Length: 0"),
                field("9112 §6.1 chunked twice", "Transfer-Encoding: chunked, chunked"),
                field("9112 §6.1 chunked twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"),
                field("9112 §6.1 chunked not last", "Transfer-Encoding: chunked, gzip"),
                new Refused("9112 §6.1 unknown", with("Transfer-Encoding: gzip, chunked"), CODING_UNKNOWN),
                new Refused("9112 §6.1 unknown", with("Transfer-Encoding: a,b ,\tchunked"), CODING_UNKNOWN),
                field("9112 §6.1 chunked before it ends in chunked", "Transfer-Encoding: chunked, a, chunked"),
                field("9112 §6.1 chunked and another", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity"),
                field("9112 §6.1 empty", "Transfer-Encoding:"),
                field("9112 §6.1 parameters", "Transfer-Encoding: chunked;q=1"),
                field("9112 §6.1 quoted", "Transfer-Encoding: \"chunked\""),
                field("9112 §6.1 vertical tab", "Transfer-Encoding: \u000bchunked"),
                field("9112 §6.3 chunked not last", "Transfer-Encoding: gzip"),
                field("9112 §6.3 chunked not last", "Transfer-Encoding: xchunked"),
                get("9112 §6.1 HTTP/1.0", "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"),
                field("9112 §6.3 repeated", "Content-Length: 1\r\nContent-Length: 1"),
                field("9112 §6.3 differing", "Content-Length: 1\r\nContent-Length: 2"),
                field("9112 §6.3 list", "Content-Length: 1, 1"),
                field("9112 §6.3 empty", "Content-Length:"),
                field("9112 §6.3 sign", "Content-Length: +1"),
                field("9112 §6.3 negative", "Content-Length: -1"),
                field("9112 §6.3 hexadecimal", "Content-Length: 0x1"),
                field("9112 §6.3 blank", "Content-Length: 1 2"),
                field("9112 §6.3 overflow", "Content-Length: 9223372036854775808"),
                field("9112 §6.3 overflow", "Content-Length: 18446744073709551617"),
                field("9110 §7.6.1 no list of tokens", "Connection: close; x"),
                field("9110 §7.6.1 no list of tokens", "Connection: \"close\""),
                new Refused("9110 §10.1.1", with("Expect: 200-ok"), EXPECTATION_UNKNOWN),
                new Refused("9110 §10.1.1", with("Expect: 100-continue, x"), EXPECTATION_UNKNOWN),
                new Refused("9110 §9.3.6", "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", METHOD_REFUSED),
                new Refused("9110 §9.3.6", "CONNECT / HTTP/1.1\r\nHost: a\r\n\r\n", METHOD_REFUSED),
                new Refused("9110 §9.3.8", "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", METHOD_REFUSED),
                new Refused("9112 §2.3", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", VERSION_UNSUPPORTED),
                new Refused("9112 §2.3", "GET / HTTP/0.9\r\nHost: a\r\n\r\n", VERSION_UNSUPPORTED),
                new Refused("9113 §3.4 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", VERSION_UNSUPPORTED),
                get("TLS to a plain port", "\u0016\u0003\u0001\u0002\0\u0001"));
    }

    private static Refused get(String clause, String text) {
        return new Refused(clause, text, MALFORMED);
    }

    private static Refused target(String clause, String target) {
        return get(clause, "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    private static Refused host(String clause, String host) {
        return get(clause, "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    }

    private static Refused field(String clause, String line) {
        return get(clause, with(line));
    }

    private static String with(String line) {
        return "POST / HTTP/1.1\r\nHost: a\r\n" + line + "\r\n\r\n";
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aDoubtfulHeadIsRefused(Refused row) {
        assertThat(Heads.read(head, row.text(), Heads.LIMITS)).isEqualTo(row.verdict());
    }

    /** Whatever else follows, what was refused stays refused, so it does not matter how it is cut into reads. */
    @ParameterizedTest
    @MethodSource("refused")
    void noBeginningOfADoubtfulHeadIsComplete(Refused row) {
        for (int length = 0; length < row.text().length(); length++) {
            String part = row.text().substring(0, length);
            assertThat(Heads.read(head, part, Heads.LIMITS)).as(part).isIn(INCOMPLETE, row.verdict());
        }
    }

    @Test
    void aHeadOfExactlyTheLimitIsTakenAndOneOctetMoreIsNot() {
        String text = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        for (int more = 0; more < 3; more++) {
            RequestHead.Limits limits = new RequestHead.Limits(text.length() + more, 100, 100);
            assertThat(Heads.read(head, text, limits)).isEqualTo(COMPLETE);
            assertThat(Heads.read(head, text + "body", limits)).isEqualTo(COMPLETE);
        }
        RequestHead.Limits tight = new RequestHead.Limits(text.length() - 1, 100, 100);
        assertThat(Heads.read(head, text, tight)).isEqualTo(TOO_LARGE);
        assertThat(Heads.read(head, text.substring(0, text.length() - 1), tight))
                .isEqualTo(TOO_LARGE);
        assertThat(Heads.read(head, text.substring(0, text.length() - 2), tight))
                .isEqualTo(INCOMPLETE);
    }

    @Test
    void emptyLinesBeforeAHeadCountToItsLimit() {
        RequestHead.Limits limits = new RequestHead.Limits(1024, 100, 100);

        assertThat(Heads.read(head, "\r\n".repeat(511), limits)).isEqualTo(INCOMPLETE);
        assertThat(Heads.read(head, "\r\n".repeat(512), limits)).isEqualTo(TOO_LARGE);
    }

    @Test
    void asManyFieldsAsTheLimitAreTakenAndOneMoreIsNot() {
        RequestHead.Limits limits = new RequestHead.Limits(1024, 3, 100);

        assertThat(Heads.read(head, fields(2), limits)).isEqualTo(COMPLETE);
        assertThat(Heads.read(head, fields(3), limits)).isEqualTo(COMPLETE);
        assertThat(head.fields().count()).isEqualTo(3);
        assertThat(Heads.read(head, fields(4), limits)).isEqualTo(TOO_LARGE);
    }

    @Test
    void theMostFieldsAndOctetsThatAnyListenerAllowsFit() {
        RequestHead.Limits most = new RequestHead.Limits(Heads.MAX_BYTES, Heads.MAX_FIELDS, Heads.MAX_BYTES);
        String text = fields(Heads.MAX_FIELDS - 1);
        String filler = "Y: " + "y".repeat(Heads.MAX_BYTES - text.length() - 5) + "\r\n";
        String whole = text.substring(0, text.length() - 2) + filler + "\r\n";

        assertThat(Heads.read(head, whole, most)).isEqualTo(COMPLETE);
        assertThat(head.length()).isEqualTo(Heads.MAX_BYTES);
        assertThat(Heads.read(head, fields(Heads.MAX_FIELDS + 1), most)).isEqualTo(TOO_LARGE);
    }

    private static String fields(int count) {
        return "GET / HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(count - 1) + "\r\n";
    }

    @Test
    void aTargetOfExactlyTheLimitIsTakenAndOneOctetMoreIsNot() {
        RequestHead.Limits limits = new RequestHead.Limits(1024, 100, 10);

        assertThat(Heads.read(head, target(9), limits)).isEqualTo(COMPLETE);
        assertThat(Heads.read(head, target(10), limits)).isEqualTo(COMPLETE);
        assertThat(Heads.read(head, target(11), limits)).isEqualTo(TARGET_TOO_LONG);
        assertThat(Heads.read(head, "GET /123456789", limits)).isEqualTo(INCOMPLETE);
        assertThat(Heads.read(head, "GET /123456789x", limits)).isEqualTo(TARGET_TOO_LONG);
    }

    private static String target(int length) {
        return "GET /" + "x".repeat(length - 1) + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }

    @Test
    void theDefaultsTakeTargetsOf8000Octets() {
        assertThat(Heads.read(head, target(8000), Heads.LIMITS)).isEqualTo(COMPLETE);
    }

    /** RFC 9112 §9.3. */
    @Test
    void aConnectionLivesOnUnlessTheClientOrItsVersionSaysOtherwise() {
        assertThat(Heads.request("GET / HTTP/1.1\r\nHost: a\r\n\r\n").keepAlive())
                .isTrue();
        assertThat(Heads.request("GET / HTTP/1.1\r\nHost: a\r\nConnection: x, CLOSE\r\n\r\n")
                        .keepAlive())
                .isFalse();
        assertThat(Heads.request("GET / HTTP/1.0\r\n\r\n").keepAlive()).isFalse();
        assertThat(Heads.request("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n")
                        .keepAlive())
                .isTrue();
        assertThat(Heads.request("GET / HTTP/1.0\r\nConnection: keep-alive\r\nConnection: close\r\n\r\n")
                        .keepAlive())
                .isFalse();
    }

    /** RFC 9110 §10.1.1. */
    @Test
    void onlyAnHttp11ClientCanExpectToContinue() {
        assertThat(Heads.request(with("Expect: 100-Continue")).expectContinue()).isTrue();
        assertThat(Heads.request(with("X: y")).expectContinue()).isFalse();
        assertThat(Heads.request("POST / HTTP/1.0\r\nExpect: 100-continue\r\n\r\n")
                        .expectContinue())
                .isFalse();
    }

    @Test
    void aWebSocketIsAskedForByUpgradeAndConnectionTogether() {
        assertThat(Heads.request(with("Upgrade: WebSocket\r\nConnection: x, Upgrade"))
                        .webSocket())
                .isTrue();
        assertThat(Heads.request(with("Upgrade: websocket")).webSocket()).isFalse();
        assertThat(Heads.request(with("Upgrade: h2c\r\nConnection: Upgrade")).webSocket())
                .isFalse();
    }

    @Test
    void lengthAndCodingOfTheBodyAreWhatTheFieldsSay() {
        assertThat(Heads.request(with("Content-Length: 999999999999999999"))
                        .framing()
                        .contentLength())
                .isEqualTo(999_999_999_999_999_999L);
        assertThat(Heads.request(with("Transfer-Encoding: chunked")).framing().chunked())
                .isTrue();
        assertThat(Heads.request(with("X: y")).framing().contentLength()).isEqualTo(-1);
    }

    @Test
    void nothingOfAHeadShowsInTheNext() {
        Heads.read(
                head, with("Expect: 100-continue\r\nUpgrade: websocket\r\nConnection: upgrade, close"), Heads.LIMITS);
        Heads.read(head, with("Content-Length: 5\r\nX: y"), Heads.LIMITS);
        Heads.read(head, "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", Heads.LIMITS);
        Heads.read(head, "GET / HTTP/1.1\r\nHost: c\r\n\r\n", Heads.LIMITS);

        assertThat(head.expectContinue()).isFalse();
        assertThat(head.webSocket()).isFalse();
        assertThat(head.keepAlive()).isTrue();
        assertThat(head.framing().contentLength()).isEqualTo(-1);
        assertThat(head.target().absolute()).isFalse();
        assertThat(head.fields().count()).isEqualTo(1);
    }

    @Test
    void theBufferIsReadFromItsReaderIndexWhichStays() {
        ByteBuf in = Unpooled.wrappedBuffer(Heads.octets("xyzGET / HTTP/1.1\r\nHost: a\r\n\r\n"));
        in.skipBytes(3);

        assertThat(head.read(in, Heads.LIMITS)).isEqualTo(COMPLETE);
        assertThat(in.readerIndex()).isEqualTo(3);
        assertThat(of(head.methodStart(), head.methodEnd())).isEqualTo("GET");
    }

    @Test
    void valuesAreWithoutTheBlanksAroundThem() {
        Heads.read(head, "GET / HTTP/1.1\r\nHost: a\r\nX: \t y z \t\r\n\r\n", Heads.LIMITS);

        FieldTable fields = head.fields();
        assertThat(of(fields.start(1), fields.nameEnd(1))).isEqualTo("X");
        assertThat(of(fields.valueStart(1), fields.valueEnd(1))).isEqualTo("y z");
        assertThat(of(fields.start(1), fields.lineEnd(1))).isEqualTo("X: \t y z \t\r\n");
    }
}
