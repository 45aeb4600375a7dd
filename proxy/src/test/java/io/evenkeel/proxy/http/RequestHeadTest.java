package io.evenkeel.proxy.http;

import static io.evenkeel.proxy.http.HeadVerdict.COMPLETE;
import static io.evenkeel.proxy.http.HeadVerdict.INCOMPLETE;
import static io.evenkeel.proxy.http.HeadVerdict.TARGET_TOO_LONG;
import static io.evenkeel.proxy.http.HeadVerdict.TOO_LARGE;
import static io.evenkeel.proxy.http.RequestHeadRows.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.http.RequestHeadRows.Accepted;
import io.evenkeel.proxy.http.RequestHeadRows.Refused;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RequestHeadTest {

    private final RequestHead head = new RequestHead(Heads.MAX_BYTES, Heads.MAX_FIELDS);

    @ParameterizedTest
    @MethodSource("io.evenkeel.proxy.http.RequestHeadRows#accepted")
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
    @MethodSource("io.evenkeel.proxy.http.RequestHeadRows#accepted")
    void everyBeginningOfAnAcceptedHeadIsIncomplete(Accepted row) {
        for (int length = 0; length < row.text().length(); length++) {
            String part = row.text().substring(0, length);
            assertThat(Heads.read(head, part, Heads.LIMITS)).as(part).isEqualTo(INCOMPLETE);
        }
    }

    @ParameterizedTest
    @MethodSource("io.evenkeel.proxy.http.RequestHeadRows#refused")
    void aDoubtfulHeadIsRefused(Refused row) {
        assertThat(Heads.read(head, row.text(), Heads.LIMITS)).isEqualTo(row.verdict());
    }

    /** Whatever else follows, what was refused stays refused, so it does not matter how it is cut into reads. */
    @ParameterizedTest
    @MethodSource("io.evenkeel.proxy.http.RequestHeadRows#refused")
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
        assertThat(head.upgrade().present()).isFalse();
        assertThat(head.upgrade().protocol()).isNull();
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
