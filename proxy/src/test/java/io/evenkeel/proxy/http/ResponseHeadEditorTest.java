package io.evenkeel.proxy.http;

import static io.evenkeel.proxy.http.ResponseHeadEditor.Persistence.CLOSE;
import static io.evenkeel.proxy.http.ResponseHeadEditor.Persistence.IMPLICIT;
import static io.evenkeel.proxy.http.ResponseHeadEditor.Persistence.KEEP_ALIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.http.ResponseHeadEditor.Persistence;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseHeadEditorTest {

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String DATE = "Date: Sat, 21 Nov 2026 15:00:00 GMT\r\n";
    private static final String BODY = "body";

    private final ResponseHeadEditor editor =
            new ResponseHeadEditor(new HttpDate(InstantSource.fixed(Instant.parse("2026-11-21T15:00:00Z"))));

    /** What an edit came to: the head the client gets, and whether it needed a buffer of its own. */
    private record Edited(String head, boolean grown) {}

    private Edited edit(String text, Persistence persistence) {
        return edit(text, persistence, head -> {});
    }

    /** @param change what happens to the head between being read and being edited */
    private Edited edit(String text, Persistence persistence, Consumer<ResponseHead> change) {
        ByteBuf in = Heads.buffer("JUNK" + text + BODY);
        in.skipBytes(4);
        ResponseHead head = new ResponseHead(Heads.MAX_BYTES, Heads.MAX_FIELDS);
        assertThat(head.read(in, Heads.MAX_BYTES, Heads.MAX_FIELDS)).isEqualTo(HeadVerdict.COMPLETE);
        change.accept(head);
        ByteBuf grown = editor.edit(in, head, persistence);
        assertThat(in.toString(StandardCharsets.ISO_8859_1)).endsWith(BODY);
        String rest = Heads.drain(in);
        String before = rest.substring(0, rest.length() - BODY.length());
        if (grown == null) {
            return new Edited(before, false);
        }
        assertThat(before).as("the old head is left out").isEmpty();
        return new Edited(Heads.drain(grown), true);
    }

    private Edited edit(String text) {
        return edit(text, IMPLICIT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OK + DATE + "\r\n",
                OK + "X: y\r\nDATE: whenever\r\nContent-Length: 4\r\nVia: 1.1 b\r\n\r\n",
                "HTTP/1.1 204 \r\n" + DATE + "\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
            })
    void aHeadThatNeedsNoChangeStaysAsItIs(String text) {
        assertThat(edit(text)).isEqualTo(new Edited(text, false));
    }

    /** RFC 9110 §7.6.1. */
    @Test
    void whatConcernsTheUpstreamHopIsTakenOutInPlace() {
        assertThat(edit(OK + "Connection: keep-alive, X-A\r\nX-a: 1\r\n" + DATE
                        + "Keep-Alive: timeout=5\r\nX: y\r\nUpgrade: h2c\r\nProxy-Connection: close\r\n\r\n"))
                .isEqualTo(new Edited(OK + DATE + "X: y\r\n\r\n", false));
    }

    /** RFC 9110 §6.6.1. */
    @Test
    void aDateIsAddedWhereThereIsNone() {
        assertThat(edit(OK + "X: y\r\n\r\n")).isEqualTo(new Edited(OK + "X: y\r\n" + DATE + "\r\n", true));
    }

    @Test
    void aHeadThatLosesMoreThanItGainsIsRewrittenInPlace() {
        assertThat(edit(OK + "Keep-Alive: " + "x".repeat(40) + "\r\nX: y\r\n\r\n"))
                .isEqualTo(new Edited(OK + "X: y\r\n" + DATE + "\r\n", false));
    }

    @Test
    void aHeadThatKeepsItsLengthIsRewrittenInPlace() {
        assertThat(edit(OK + DATE + "Connection: x    \r\n\r\n", CLOSE))
                .isEqualTo(new Edited(OK + DATE + "Connection: close\r\n\r\n", false));
    }

    @Test
    void theClientIsToldWhatBecomesOfTheConnection() {
        assertThat(edit(OK + DATE + "\r\n", CLOSE))
                .isEqualTo(new Edited(OK + DATE + "Connection: close\r\n\r\n", true));
        assertThat(edit(OK + DATE + "\r\n", KEEP_ALIVE))
                .isEqualTo(new Edited(OK + DATE + "Connection: keep-alive\r\n\r\n", true));
        assertThat(edit(OK + DATE + "Connection: keep-alive\r\n\r\n", CLOSE))
                .isEqualTo(new Edited(OK + DATE + "Connection: close\r\n\r\n", false));
        assertThat(edit(OK + DATE + "Connection: close\r\n\r\n", IMPLICIT))
                .isEqualTo(new Edited(OK + DATE + "\r\n", false));
    }

    /** RFC 9110 §2.5: this hop has a version of its own. */
    @Test
    void theVersionIsThisRouters() {
        assertThat(edit("HTTP/1.0 200 OK\r\n" + DATE + "\r\n")).isEqualTo(new Edited(OK + DATE + "\r\n", false));
        assertThat(edit("HTTP/1.0 100 Continue\r\n\r\n")).isEqualTo(new Edited("HTTP/1.1 100 Continue\r\n\r\n", false));
    }

    /** RFC 9112 §6.1: an HTTP/1.0 client does not know chunks. */
    @Test
    void transferEncodingGoesWithTheChunks() {
        assertThat(edit(
                        OK + DATE + "Transfer-Encoding: chunked\r\nX: y\r\n\r\n",
                        CLOSE,
                        ResponseHead::dropTransferEncoding))
                .isEqualTo(new Edited(OK + DATE + "X: y\r\nConnection: close\r\n\r\n", false));
        assertThat(edit(OK + DATE + "Transfer-Encoding: chunked\r\n\r\n"))
                .isEqualTo(new Edited(OK + DATE + "Transfer-Encoding: chunked\r\n\r\n", false));
    }

    /** RFC 9110 §8.6, RFC 9112 §6.1. */
    @Test
    void framingFieldsGoWhereNoBodyCanBe() {
        assertThat(edit("HTTP/1.1 204 x\r\n" + DATE + "Content-Length: 5\r\n\r\n"))
                .isEqualTo(new Edited("HTTP/1.1 204 x\r\n" + DATE + "\r\n", false));
        assertThat(edit("HTTP/1.1 103 x\r\nTransfer-Encoding: chunked\r\n\r\n"))
                .isEqualTo(new Edited("HTTP/1.1 103 x\r\n\r\n", false));
        String notModified = "HTTP/1.1 304 x\r\n" + DATE + "Content-Length: 5\r\n\r\n";
        assertThat(edit(notModified)).isEqualTo(new Edited(notModified, false));
    }

    @Test
    void linesAreAddedToOneHeadAndToNoOther() {
        byte[] cookie = Heads.octets("Set-Cookie: a=b\r\n");
        byte[] other = Heads.octets("X: y\r\n");
        assertThat(edit(OK + DATE + "\r\n", IMPLICIT, head -> head.add(cookie)))
                .isEqualTo(new Edited(OK + DATE + "Set-Cookie: a=b\r\n\r\n", true));
        assertThat(edit(OK + DATE + "\r\n")).isEqualTo(new Edited(OK + DATE + "\r\n", false));
        Consumer<ResponseHead> both = head -> {
            head.add(cookie);
            head.add(other);
        };
        assertThat(edit(OK + DATE + "Connection: keep-alive\r\n\r\n", CLOSE, both))
                .isEqualTo(new Edited(OK + DATE + "Set-Cookie: a=b\r\nX: y\r\nConnection: close\r\n\r\n", true));
    }

    /** Only those of the head that was read last. */
    @Test
    void addedLinesGoWithTheHead() {
        ResponseHead head = new ResponseHead(Heads.MAX_BYTES, Heads.MAX_FIELDS);
        ByteBuf in = Heads.buffer(OK + DATE + "\r\n");
        head.read(in, Heads.MAX_BYTES, Heads.MAX_FIELDS);
        head.addTransferEncoding();
        assertThat(head.added()).isEqualTo(1);
        head.read(in, Heads.MAX_BYTES, Heads.MAX_FIELDS);
        assertThat(head.added()).isZero();
        in.release();
    }

    @Test
    void aHeadWithoutFieldsIsEdited() {
        assertThat(edit(OK + "\r\n", CLOSE)).isEqualTo(new Edited(OK + DATE + "Connection: close\r\n\r\n", true));
    }
}
