package io.evenkeel.proxy.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OctetsToFieldsTest {

    private final OctetsToFields reader = new OctetsToFields();
    private final HeaderList list = new HeaderList();

    private static ByteBuf buffer(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    @Test
    void aResponseHeadBecomesFieldsInLowerCase() {
        int status = reader.response(
                buffer(
                        "HTTP/1.1 404 Not Found\r\nContent-Type:text/plain\r\nSet-Cookie: a=b \r\nset-cookie: C\r\nX:\r\n\r\n"),
                list);
        assertThat(status).isEqualTo(404);
        assertThat(Sections.lines(list))
                .containsExactly(":status: 404", "content-type: text/plain", "set-cookie: a=b", "set-cookie: C", "x: ");
    }

    /** RFC 9113 §8.2.2. */
    @Test
    void fieldsAboutTheConnectionStayBehind() {
        reader.response(
                buffer("HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nKeep-Alive: timeout=5\r\nProxy-Connection: x\r\n"
                        + "Transfer-Encoding: chunked\r\nUpgrade: h2c\r\nA: b\r\n\r\n"),
                list);
        assertThat(Sections.lines(list)).containsExactly(":status: 200", "a: b");
    }

    @Test
    void whatFollowsAHeadStaysInTheBuffer() {
        ByteBuf in = buffer("HTTP/1.1 200 \r\nContent-Length: 4\r\n\r\nbody");
        reader.response(in, list);
        assertThat(in.toString(StandardCharsets.ISO_8859_1)).isEqualTo("body");
    }

    @Test
    void trailersBecomeFields() {
        ByteBuf in = buffer("Grpc-Status: 0\r\ngrpc-message: a b\r\n\r\n");
        reader.trailers(in, list);
        assertThat(in.isReadable()).isFalse();
        assertThat(Sections.lines(list)).containsExactly("grpc-status: 0", "grpc-message: a b");
    }

    @Test
    void trailersBecomeFieldsWithoutAnEmptyLineToo() {
        reader.trailers(buffer("a: b\r\nc: d\r\n"), list);
        assertThat(Sections.lines(list)).containsExactly("a: b", "c: d");
    }

    /** Compression tables keep what they were given. */
    @Test
    void fieldsOutliveTheNextHead() {
        reader.response(buffer("HTTP/1.1 200 OK\r\nA: first\r\n\r\n"), list);
        HeaderList next = new HeaderList();
        reader.response(buffer("HTTP/1.1 503 No\r\nB: other\r\n\r\n"), next);
        assertThat(Sections.lines(list)).containsExactly(":status: 200", "a: first");
        assertThat(Sections.lines(next)).containsExactly(":status: 503", "b: other");
    }

    @Test
    void whatComesAgainIsNotCopiedAgain() {
        reader.response(buffer("HTTP/1.1 200 OK\r\nServer: x\r\n\r\n"), list);
        HeaderList next = new HeaderList();
        reader.response(buffer("HTTP/1.1 200 OK\r\nServer: x\r\n\r\n"), next);
        assertThat((Object) next.name(1)).isSameAs(list.name(1));
        assertThat((Object) next.value(1)).isSameAs(list.value(1));
    }

    @Test
    void longAndClashingTextsAreRight() {
        AsciiCache cache = new AsciiCache();
        for (int i = 0; i < 5_000; i++) {
            String text = "value-" + i + "x".repeat(i % 90);
            byte[] bytes = (">" + text + "<").getBytes(StandardCharsets.ISO_8859_1);
            assertThat(Sections.string(cache.text(bytes, 1, bytes.length - 1))).isEqualTo(text);
        }
    }
}
