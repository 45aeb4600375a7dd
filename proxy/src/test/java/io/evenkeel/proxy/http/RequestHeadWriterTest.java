package io.evenkeel.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadWriterTest extends WriterFixture {

    /** What is forwarded by a router that has nothing to say itself. */
    private String bare(String text) {
        return write(text, null, NOTHING, client("192.0.2.7", false));
    }

    private String fields(String lines) {
        String out = bare(START + "Host: a\r\n" + lines + "\r\n");
        assertThat(out).startsWith(START + "Host: a\r\n").endsWith("\r\n");
        return out.substring(START.length() + "Host: a\r\n".length(), out.length() - 2);
    }

    @Test
    void linesThatConcernNobodyTravelOctetForOctet() {
        String text =
                "PO^ST /x?y HTTP/1.1\r\nhOST:a\r\nX:  y \t \r\nCookie: \u00e9\r\nX: z\r\nContent-Length: 1\r\n\r\n";

        assertThat(bare(text)).isEqualTo(text);
    }

    @Test
    void aHeadWithoutFieldsIsForwarded() {
        assertThat(bare("GET / HTTP/1.0\r\n\r\n")).isEqualTo("GET / HTTP/1.1\r\nHost: \r\n\r\n");
    }

    /** RFC 9110 §2.5, RFC 9112 §2.3: this hop has a version of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.9"})
    void theVersionIsThisRouters(String version) {
        assertThat(bare("GET / HTTP/" + version + "\r\nHost: a\r\n\r\n")).isEqualTo(START + "Host: a\r\n\r\n");
    }

    /** RFC 9110 §7.6.1. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: close",
                "connection: keep-alive, , x",
                "Keep-Alive: timeout=5",
                "Proxy-Connection: keep-alive",
                "TE: gzip;q=1",
                "Upgrade: h2c",
                "HTTP2-Settings: AAMAAABk",
                "Connection: x-a, X-B\r\nx-A: 1\r\nX-b: 2\r\nX-A: 3",
                "X-A: 1\r\nConnection: x-a",
                "Connection: referer, user-agent\r\nReferer: r\r\nUser-Agent: u",
                "Connection: cookie\r\nCookie: c"
            })
    void whatConcernsThisHopEndsHere(String lines) {
        assertThat(fields("Before: 1\r\n" + lines + "\r\nAfter: 2\r\n")).isEqualTo("Before: 1\r\nAfter: 2\r\n");
    }

    /** Taking these out is the known way to strip what an endpoint trusts. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "Content-Length",
                "X-Forwarded-For",
                "X-Forwarded-Proto",
                "X-Forwarded-Host",
                "Forwarded",
                "Via",
                "X-Request-Id",
                "traceparent",
                "tracestate",
                "Expect"
            })
    void aNominationOfWhatEndpointsRelyOnIsNotHonoured(String name) {
        String line = name.equals("Host") ? "" : name + ": " + (name.equals("Expect") ? "100-continue" : "7") + "\r\n";
        String text = START + "Host: a\r\nConnection: " + name + "\r\n" + line + "\r\n";

        assertThat(write(text, null, NOTHING, client("192.0.2.7", true)))
                .isEqualTo(START + "Host: a\r\n" + line + "\r\n");
    }

    @Test
    void transferEncodingSurvivesBecauseTheBodyIsChunkedAgain() {
        assertThat(fields("Connection: transfer-encoding\r\nTransfer-Encoding: chunked\r\n"))
                .isEqualTo("Transfer-Encoding: chunked\r\n");
    }

    /** RFC 9110 §10.1.4. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "trailers | true",
                "Trailers | true",
                "gzip;q=0.5, trailers | true",
                "trailers,gzip | true",
                "trailers2 | false",
                "xtrailers | false",
                "gzip | false"
            })
    void ofTeOnlyTrailersSurvives(String te, boolean kept) {
        assertThat(fields("TE: " + te + "\r\n")).isEqualTo(kept ? "TE: trailers\r\nConnection: TE\r\n" : "");
    }

    /** RFC 9112 §3.2.2. */
    @Test
    void theAuthorityOfAnAbsoluteTargetReplacesHost() {
        assertThat(bare("GET http://b:81/x?y HTTP/1.1\r\nX: 1\r\nHost: a\r\nY: 2\r\n\r\n"))
                .isEqualTo("GET /x?y HTTP/1.1\r\nX: 1\r\nY: 2\r\nHost: b:81\r\n\r\n");
        assertThat(bare("OPTIONS http://b HTTP/1.1\r\nHost: a\r\n\r\n"))
                .isEqualTo("OPTIONS * HTTP/1.1\r\nHost: b\r\n\r\n");
        assertThat(bare("GET http://b/ HTTP/1.0\r\n\r\n")).isEqualTo("GET / HTTP/1.1\r\nHost: b\r\n\r\n");
    }

    /** RFC 9110 §10.1.1: an expectation of an HTTP/1.0 client is ignored. */
    @Test
    void anHttp10ClientExpectsNothing() {
        assertThat(bare("POST / HTTP/1.0\r\nHost: a\r\nExpect: 100-continue\r\n\r\n"))
                .isEqualTo("POST / HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    @Test
    void thePathIsForwardedAsItWasRouted() {
        assertThat(bare("GET /a/../b/%2e/c%2Fd?e=/../ HTTP/1.1\r\nHost: a\r\n\r\n"))
                .isEqualTo("GET /b/c%2Fd?e=/../ HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "/api,  /,    /api,      /",
        "/api,  /,    /api/,     /",
        "/api,  /,    /api?q,    /?q",
        "/api,  /,    /api/x,    /x",
        "/api,  /v2,  /api,      /v2",
        "/api,  /v2,  /api/,     /v2/",
        "/api,  /v2,  /api/x?q,  /v2/x?q",
        "/api,  /v2/, /api,      /v2/",
        "/api,  /v2/, /api/x,    /v2/x",
        "/api/, /,    /api/,     /",
        "/api/, /,    /api/x,    /x",
        "/api/, /v2,  /api/x,    /v2/x",
        "/api/, /v2/, /api/x/y,  /v2/x/y",
        "/api,  /v2/, /api//x,   /v2//x",
        "/api/, /v2,  /api//x,   /v2//x",
        "/,     /v2,  /x,        /v2/x",
        "/,     /v2/, /x?q,      /v2/x?q",
        "/,     /,    /x,        /x",
    })
    void aRewriteJoinsWithExactlyOneSlash(String prefix, String replacement, String target, String expected) {
        PathRewrite rewrite = new PathRewrite(prefix, replacement);
        String text = "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n";

        assertThat(write(text, rewrite, NOTHING, client("192.0.2.7", false)))
                .isEqualTo("GET " + expected + " HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    private ByteBuf write(String text, ByteBuf spent) {
        RequestHead head = Heads.request(text);
        id.settle(head);
        ForwardingPolicy policy = new ForwardingPolicy(NOTHING, "edge-1");
        return writer.write(head, null, policy, client("192.0.2.7", false), id, spent, ByteBufAllocator.DEFAULT);
    }

    @Test
    void theBufferThatTheHeadCameInServesAgain() {
        String text = START + "Host: a\r\nKeep-Alive: x\r\n\r\n";
        ByteBuf spent = Heads.buffer(text);
        spent.skipBytes(text.length());
        ByteBuf written = write(text, spent);

        assertThat(written).isSameAs(spent);
        assertThat(Heads.drain(written)).isEqualTo(START + "Host: a\r\n\r\n");
        assertThat(spent.refCnt()).isZero();
    }

    @Test
    void aBufferThatSomebodyElseHoldsIsLeftAlone() {
        String text = START + "Host: a\r\n\r\n";
        ByteBuf shared = Heads.buffer(text).retain();
        ByteBuf written = write(START + "Host: b\r\n\r\n", shared);

        assertThat(Heads.drain(written)).isEqualTo(START + "Host: b\r\n\r\n");
        assertThat(Heads.drain(shared)).isEqualTo(text);
        assertThat(shared.refCnt()).isZero();
    }

    @Test
    void aBufferThatIsTooSmallIsReleased() {
        ByteBuf small = ByteBufAllocator.DEFAULT.directBuffer(8, 8);
        ByteBuf written = write(START + "Host: a\r\n\r\n", small);

        assertThat(Heads.drain(written)).isEqualTo(START + "Host: a\r\n\r\n");
        assertThat(small.refCnt()).isZero();
    }

    @Test
    void aHeadMayGrowBeyondTheInitialBuffer() {
        String text = START + "Host: a\r\nX: " + "x".repeat(20_000) + "\r\n\r\n";
        RequestHead head = new RequestHead(Heads.MAX_BYTES, Heads.MAX_FIELDS);
        RequestHead.Limits limits = new RequestHead.Limits(Heads.MAX_BYTES, 100, 1024);
        assertThat(Heads.read(head, text, limits)).isEqualTo(HeadVerdict.COMPLETE);
        id.make();

        ForwardingPolicy policy = new ForwardingPolicy(NOTHING, "edge-1");
        assertThat(Heads.drain(writer.write(
                        head, null, policy, client("192.0.2.7", false), id, null, ByteBufAllocator.DEFAULT)))
                .isEqualTo(text);
    }
}
