package io.evenkeel.proxy.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestToOctetsTest {

    private final RequestToOctets writer = new RequestToOctets();

    private @Nullable String write(HeaderList from, boolean ends) {
        return Sections.drain(writer.write(from, ends, Schemes.HTTPS, ByteBufAllocator.DEFAULT));
    }

    @Test
    void aRequestWithoutContentIsItsLines() {
        assertThat(write(Sections.get("accept: */*", "x-a: b c", "x-a: d"), true))
                .isEqualTo("GET /x HTTP/1.1\r\nhost: a.example\r\naccept: */*\r\nx-a: b c\r\nx-a: d\r\n\r\n");
    }

    @Test
    void contentOfUnknownLengthIsAnnouncedAsChunked() {
        assertThat(write(Sections.get(), false))
                .isEqualTo("GET /x HTTP/1.1\r\nhost: a.example\r\ntransfer-encoding: chunked\r\n\r\n");
        assertThat(writer.contentLength()).isEqualTo(RequestToOctets.UNKNOWN);
    }

    @Test
    void contentOfKnownLengthIsAnnouncedByIt() {
        assertThat(write(Sections.get("content-length: 12"), false))
                .isEqualTo("GET /x HTTP/1.1\r\nhost: a.example\r\ncontent-length: 12\r\n\r\n");
        assertThat(writer.contentLength()).isEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH"})
    void aMethodThatComesWithContentSaysThatThereIsNone(String method) {
        HeaderList from = Sections.list(":method: " + method, ":scheme: https", ":path: /", ":authority: a");
        assertThat(write(from, true)).isEqualTo(method + " / HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n");
    }

    /** RFC 9113 §8.2.3. */
    @Test
    void crumbsOfCookiesAreJoined() {
        assertThat(write(Sections.get("cookie: a=b", "x: y", "cookie: c=d", "cookie: e"), true))
                .isEqualTo("GET /x HTTP/1.1\r\nhost: a.example\r\nx: y\r\ncookie: a=b; c=d; e\r\n\r\n");
    }

    /** RFC 8441 §5. */
    @Test
    void aWebSocketIsAskedForAsHttp11DoesIt() {
        HeaderList from = Sections.list(
                ":method: CONNECT",
                ":protocol: websocket",
                ":scheme: https",
                ":path: /chat",
                ":authority: a",
                "sec-websocket-key: mine",
                "sec-websocket-version: 13");
        String head = write(from, false);
        String key = new String(
                java.util.Objects.requireNonNull(writer.webSocketKey()).text(),
                java.nio.charset.StandardCharsets.US_ASCII);

        assertThat(head)
                .isEqualTo("GET /chat HTTP/1.1\r\nhost: a\r\nsec-websocket-version: 13\r\n"
                        + "connection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-key: " + key + "\r\n\r\n");
        assertThat(writer.contentLength()).isEqualTo(RequestToOctets.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":method: GET|:protocol: websocket|:scheme: https|:path: /|:authority: a",
                ":method: CONNECT|:protocol: websocket|:path: /|:authority: a",
                ":method: CONNECT|:protocol: websocket|:scheme: https|:authority: a",
                ":method: CONNECT|:protocol: websocket|:scheme: https|:path: /",
                ":method: CONNECT|:protocol: web, h2c|:scheme: https|:path: /|:authority: a",
                ":method: CONNECT|:protocol: websocket|:protocol: websocket|:scheme: https|:path: /|:authority: a",
                ":method: CONNECT|:protocol: websocket|:scheme: https|:path: /|:authority: a|content-length: 0"
            })
    void anExtendedConnectThatIsNoneIsMalformed(String lines) {
        assertThat(write(Sections.list(lines.split("\\|")), false)).isNull();
    }

    @Test
    void anExtendedConnectThatEndsAtOnceIsMalformed() {
        HeaderList from = Sections.list(
                ":method: CONNECT", ":protocol: websocket", ":scheme: https", ":path: /", ":authority: a");
        assertThat(write(from, true)).isNull();
    }

    /** RFC 9113 §8.3.1. */
    @Test
    void hostAloneIsAuthorityEnough() {
        assertThat(write(Sections.list(":method: GET", ":scheme: https", ":path: /", "host: b"), true))
                .isEqualTo("GET / HTTP/1.1\r\nhost: b\r\n\r\n");
    }

    @Test
    void hostThatAgreesWithTheAuthorityIsLeftOut() {
        assertThat(write(Sections.get("host: A.example"), true))
                .isEqualTo("GET /x HTTP/1.1\r\nhost: a.example\r\n\r\n");
    }

    /** RFC 9113 §8.5; to be refused by its method. */
    @Test
    void connectIsWrittenAsConnect() {
        assertThat(write(Sections.list(":method: CONNECT", ":authority: a:443"), false))
                .isEqualTo("CONNECT a:443 HTTP/1.1\r\nhost: a:443\r\ntransfer-encoding: chunked\r\n\r\n");
    }

    @Test
    void anAsteriskIsATarget() {
        assertThat(write(Sections.list(":method: OPTIONS", ":scheme: https", ":path: *", ":authority: a"), true))
                .isEqualTo("OPTIONS * HTTP/1.1\r\nhost: a\r\n\r\n");
    }

    /** RFC 9113 §8.2.2. */
    @Test
    void teMaySayTrailers() {
        assertThat(write(Sections.get("te: trailers"), true)).contains("te: trailers\r\n");
    }

    @ParameterizedTest
    @EnumSource(Schemes.class)
    void theSchemeIsTheConnectionsUnlessTheClientIsTrusted(Schemes schemes) {
        for (String scheme : new String[] {"http", "https", "HTTPS"}) {
            HeaderList from = Sections.list(":method: GET", ":scheme: " + scheme, ":path: /", ":authority: a");
            boolean allowed = Sections.drain(writer.write(from, true, schemes, ByteBufAllocator.DEFAULT)) != null;
            boolean fits = schemes == Schemes.EITHER || schemes.name().equalsIgnoreCase(scheme);
            assertThat(allowed).as("%s of %s", scheme, schemes).isEqualTo(fits);
        }
        assertThat(Schemes.of(true, false)).isEqualTo(Schemes.HTTPS);
        assertThat(Schemes.of(false, false)).isEqualTo(Schemes.HTTP);
        assertThat(Schemes.of(false, true)).isEqualTo(Schemes.EITHER);
    }

    static Stream<HeaderList> malformed() {
        return Stream.of(
                // §8.3: pseudo-header fields
                Sections.list(":scheme: https", ":path: /", ":authority: a"),
                Sections.list(":method: GET", ":path: /", ":authority: a"),
                Sections.list(":method: GET", ":scheme: https", ":authority: a"),
                Sections.get(":method: GET"),
                Sections.list(":method: GET", ":scheme: https", ":scheme: https", ":path: /", ":authority: a"),
                Sections.list(":method: GET", ":scheme: https", ":path: /", ":path: /", ":authority: a"),
                Sections.list(":method: GET", ":scheme: https", ":path: /", ":authority: a", ":authority: a"),
                Sections.get("x: y", ":path: /"),
                Sections.get(":status: 200"),
                Sections.get(":protocol: websocket"),
                Sections.get(":unknown: x"),
                Sections.list(":METHOD: GET", ":scheme: https", ":path: /", ":authority: a"),
                // §8.3.1: their values
                Sections.list(":method: ", ":scheme: https", ":path: /", ":authority: a"),
                Sections.list(":method: G T", ":scheme: https", ":path: /", ":authority: a"),
                Sections.list(":method: GET / HTTP/1.1\r\nx: y", ":scheme: https", ":path: /", ":authority: a"),
                Sections.list(":method: GET", ":scheme: ftp", ":path: /", ":authority: a"),
                Sections.list(":method: GET", ":scheme: ", ":path: /", ":authority: a"),
                Sections.list(":method: GET", ":scheme: https", ":path: ", ":authority: a"),
                Sections.list(":method: GET", ":scheme: https", ":path: x", ":authority: a"),
                Sections.list(":method: GET", ":scheme: https", ":path: http://b/", ":authority: a"),
                Sections.list(":method: GET", ":scheme: https", ":path: *x", ":authority: a"),
                Sections.list(":method: GET", ":scheme: https", ":path: /a b", ":authority: a"),
                Sections.list(":method: GET", ":scheme: https", ":path: /\r\nx: y", ":authority: a"),
                Sections.list(
                        ":method: GET", ":scheme: https", ":path: / HTTP/1.1\r\nhost: b\r\n\r\n", ":authority: a"),
                Sections.list(":method: GET", ":scheme: https", ":path: /a#b", ":authority: a"),
                Sections.list(":method: GET", ":scheme: https", ":path: /\u00e9", ":authority: a"),
                Sections.list(":method: GET", ":scheme: https", ":path: /", ":authority: "),
                Sections.list(":method: GET", ":scheme: https", ":path: /", ":authority: a b"),
                Sections.list(":method: GET", ":scheme: https", ":path: /", ":authority: a\r\nx: y"),
                Sections.get("host: b"),
                Sections.get("host: "),
                Sections.get("host: a.example", "host: a.example"),
                Sections.list(":method: GET", ":scheme: https", ":path: /", "host: "),
                // §8.5
                Sections.list(":method: CONNECT", ":scheme: https", ":path: /", ":authority: a:443"),
                Sections.list(":method: CONNECT", ":path: /", ":authority: a:443"),
                Sections.list(":method: CONNECT"),
                Sections.list(":method: CONNECT", ":authority: a b"),
                // §8.2.1: names and values
                Sections.get("X-A: b"),
                Sections.get("x a: b"),
                Sections.get("x\u0000a: b"),
                Sections.get("x\u007fa: b"),
                Sections.get("x\u00e9: b"),
                Sections.get("x\r\na: b"),
                Sections.get("x(a): b"),
                Sections.list(":method: GET", ":scheme: https", ":path: /", ":authority: a")
                        .add("", "b"),
                Sections.get().add("x:a", "b"),
                Sections.get().add(":", "b"),
                Sections.get("x: a\u0000b"),
                Sections.get("x: a\rb"),
                Sections.get("x: a\nb"),
                Sections.get("x: a\r\ny: b"),
                Sections.get("x: a\u0001b"),
                Sections.get("x: a\u007fb"),
                Sections.get("x:  a"),
                Sections.get("x: a "),
                Sections.get("x: \ta"),
                Sections.get("x: a\t"),
                Sections.get("cookie: a\r\nx: y"),
                // §8.2.2: fields about a connection
                Sections.get("connection: close"),
                Sections.get("connection: x"),
                Sections.get("keep-alive: timeout=5"),
                Sections.get("proxy-connection: keep-alive"),
                Sections.get("transfer-encoding: chunked"),
                Sections.get("transfer-encoding: identity"),
                Sections.get("upgrade: websocket"),
                Sections.get("te: gzip"),
                Sections.get("te: trailers, gzip"),
                Sections.get("te: Trailers"),
                // §8.1.1: content-length
                Sections.get("content-length: 5"),
                Sections.get("content-length: "),
                Sections.get("content-length: -1"),
                Sections.get("content-length: +1"),
                Sections.get("content-length: 0x1"),
                Sections.get("content-length: 0, 0"),
                Sections.get("content-length: 0", "content-length: 0"),
                Sections.get("content-length: 0000000000000000000"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void aMalformedRequestIsNotWritten(HeaderList from) {
        assertThat(write(from, true)).as("%s", Sections.lines(from)).isNull();
    }
}
