package io.evenkeel.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.ForwardingConfig;
import io.netty.buffer.ByteBufAllocator;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadWriterTest {

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final ForwardingConfig NOTHING = policy(false, false, false, false, false);
    private static final String START = "GET / HTTP/1.1\r\n";

    private final RequestHeadWriter writer = new RequestHeadWriter();
    private final RequestId id = new RequestId(new SplittableRandom(1));

    private static ForwardingConfig policy(
            boolean xForwarded, boolean forwarded, boolean via, boolean requestId, boolean traceparent) {
        return new ForwardingConfig(List.of(), xForwarded, forwarded, via, requestId, traceparent);
    }

    private static ClientAddress client(String address, boolean trusted) {
        try {
            return ClientAddress.of(InetAddress.getByName(address), trusted);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private String write(String text, @Nullable PathRewrite rewrite, ForwardingConfig config, ClientAddress client) {
        RequestHead head = Heads.request(text);
        id.settle(head);
        ForwardingPolicy policy = new ForwardingPolicy(config, "edge-1");
        return Heads.drain(writer.write(head, rewrite, policy, client, id, null, ByteBufAllocator.DEFAULT));
    }

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
        "/,     /v2,  /x,        /v2/x",
        "/,     /v2/, /x?q,      /v2/x?q",
        "/,     /,    /x,        /x",
    })
    void aRewriteJoinsWithExactlyOneSlash(String prefix, String replacement, String target, String expected) {
        PathRewrite rewrite = new PathRewrite(prefix.length(), replacement);
        String text = "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n";

        assertThat(write(text, rewrite, NOTHING, client("192.0.2.7", false)))
                .isEqualTo("GET " + expected + " HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    @Test
    void forwardingFieldsOfStrangersAreReplaced() {
        String text = START + "X-Forwarded-For: 6.6.6.6\r\nHost: a:80\r\nX-Forwarded-Proto: https\r\n"
                + "X-Forwarded-Host: evil\r\nForwarded: for=6.6.6.6\r\nx-forwarded-for: 7.7.7.7\r\n\r\n";

        assertThat(write(text, null, policy(true, true, false, false, false), client("192.0.2.7", false)))
                .isEqualTo(START + "Host: a:80\r\n"
                        + "X-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Host: a:80\r\n"
                        + "Forwarded: for=192.0.2.7;host=\"a:80\";proto=http\r\n\r\n");
    }

    @Test
    void forwardingFieldsOfStrangersAreTakenOutEvenWhereNoneAreSent() {
        String text = START + "Host: a\r\nX-Forwarded-For: 6.6.6.6\r\nForwarded: for=6.6.6.6\r\n\r\n";

        assertThat(bare(text)).isEqualTo(START + "Host: a\r\n\r\n");
    }

    @Test
    void whatATrustedProxySaysIsContinued() {
        String said = "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: shop\r\n"
                + "Forwarded: for=203.0.113.9;proto=https\r\n";

        assertThat(write(
                        START + "Host: a\r\n" + said + "\r\n",
                        null,
                        policy(true, true, false, false, false),
                        client("10.0.0.1", true)))
                .isEqualTo(START + "Host: a\r\n" + said
                        + "X-Forwarded-For: 10.0.0.1\r\nForwarded: for=10.0.0.1;host=\"a\";proto=http\r\n\r\n");
    }

    @Test
    void whatATrustedProxyLeavesOutIsFilledIn() {
        assertThat(write(
                        START + "Host: a\r\n\r\n",
                        null,
                        policy(true, false, false, false, false),
                        client("10.0.0.1", true)))
                .isEqualTo(START + "Host: a\r\n"
                        + "X-Forwarded-For: 10.0.0.1\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Host: a\r\n\r\n");
    }

    /** RFC 7239 §6: brackets and quotes in Forwarded, neither in X-Forwarded-For; no zone in either. */
    @Test
    void anIpv6ClientIsQuotedInForwardedOnly() {
        assertThat(write(
                        START + "Host: [::1]:8\r\n\r\n",
                        null,
                        policy(true, true, false, false, false),
                        client("fe80::1%1", false)))
                .contains("X-Forwarded-For: fe80:0:0:0:0:0:0:1\r\n")
                .contains("Forwarded: for=\"[fe80:0:0:0:0:0:0:1]\";host=\"[::1]:8\";proto=http\r\n");
    }

    @Test
    void anEmptyHostIsNotPassedOnAsAForwardedHost() {
        assertThat(write(
                        "GET / HTTP/1.0\r\n\r\n",
                        null,
                        policy(true, true, false, false, false),
                        client("192.0.2.7", false)))
                .isEqualTo(START + "Host: \r\nX-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: http\r\n"
                        + "Forwarded: for=192.0.2.7;proto=http\r\n\r\n");
    }

    /** RFC 9110 §7.6.3: the protocol is the one that the request came in. */
    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1"})
    void viaIsAddedBehindWhatIsThere(String version) {
        assertThat(write(
                        "GET / HTTP/" + version + "\r\nHost: a\r\nVia: 1.1 b\r\n\r\n",
                        null,
                        policy(false, false, true, false, false),
                        client("192.0.2.7", false)))
                .isEqualTo(START + "Host: a\r\nVia: 1.1 b\r\nVia: " + version + " edge-1\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.1 edge-1 | true",
                "1.1 a, 1.0 edge-1 (x), 2 c | true",
                "1.1 a,1.1 edge-1,1.1 b | true",
                "1.1 a;Via: 1.1 edge-1 | true",
                "HTTP/1.1 edge-1 | true",
                "1.1 edge-10 | false",
                "1.1 my-edge-1 | false",
                "1.1 edge | false",
                "1.1 edge-2 | false"
            })
    void aLoopIsTheNameOfThisRouterInVia(String via, boolean loop) {
        ForwardingPolicy policy = new ForwardingPolicy(ForwardingConfig.defaults(), "edge-1");
        RequestHead head = Heads.request(START + "Host: a\r\nVia: " + via.replace(";", "\r\n") + "\r\n\r\n");

        assertThat(policy.loops(head)).isEqualTo(loop);
    }

    @Test
    void aClientsRequestIdIsKept() {
        assertThat(write(
                        START + "Host: a\r\nX-Request-Id: abc-1\r\n\r\n",
                        null,
                        policy(false, false, false, true, false),
                        client("192.0.2.7", false)))
                .isEqualTo(START + "Host: a\r\nX-Request-Id: abc-1\r\n\r\n");
        assertThat(id).hasToString("abc-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "X-Request-Id:\r\n",
                "X-Request-Id: a b\r\n",
                "X-Request-Id: a\"b\r\n",
                "X-Request-Id: a\r\nX-Request-Id: b c\r\n",
                "X-Request-Id: 01234567890123456789012345678901234567890123456789012345678901234\r\n"
            })
    void exactlyOneHarmlessRequestIdIsForwarded(String lines) {
        assertThat(write(
                        START + "Host: a\r\n" + lines + "\r\n",
                        null,
                        policy(false, false, false, true, false),
                        client("192.0.2.7", false)))
                .matches(START + "Host: a\r\nX-Request-Id: ([0-9a-f]{32}|a)\r\n\r\n")
                .contains("X-Request-Id: " + id + "\r\n");
    }

    @Test
    void aClientsTraceIsKept() {
        String lines = "traceparent: " + TRACE + "\r\ntracestate: x=y\r\n";

        assertThat(write(
                        START + "Host: a\r\n" + lines + "\r\n",
                        null,
                        policy(false, false, false, false, true),
                        client("192.0.2.7", false)))
                .isEqualTo(START + "Host: a\r\n" + lines + "\r\n");
    }

    /** W3C Trace Context §3.2.2, §3.3: whoever restarts a trace drops its state. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                ""
            })
    void aBrokenTraceIsReplacedAndItsStateDropped(String broken) {
        String text = START + "Host: a\r\ntracestate: x=y\r\ntraceparent: " + broken + "\r\n\r\n";

        assertThat(write(text, null, policy(false, false, false, false, true), client("192.0.2.7", false)))
                .matches(START + "Host: a\r\ntraceparent: 00-[0-9a-f]{32}-[0-9a-f]{16}-01\r\n\r\n");
    }

    @Test
    void aMadeRequestIdIsTheTraceIdToo() {
        assertThat(write(
                        START + "Host: a\r\n\r\n",
                        null,
                        policy(false, false, false, true, true),
                        client("192.0.2.7", false)))
                .contains("X-Request-Id: " + id + "\r\n")
                .contains("traceparent: 00-" + id + "-");
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
