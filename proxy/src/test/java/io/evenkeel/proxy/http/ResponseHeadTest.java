package io.evenkeel.proxy.http;

import static io.evenkeel.proxy.http.HeadVerdict.COMPLETE;
import static io.evenkeel.proxy.http.HeadVerdict.INCOMPLETE;
import static io.evenkeel.proxy.http.HeadVerdict.MALFORMED;
import static io.evenkeel.proxy.http.HeadVerdict.TOO_LARGE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseHeadTest {

    private static final int MAX_BYTES = 1024;

    private final ResponseHead head = new ResponseHead(Heads.MAX_BYTES, Heads.MAX_FIELDS);

    private HeadVerdict read(String text) {
        return Heads.read(head, text, MAX_BYTES, 100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 \r\n\r\n",
                "HTTP/1.0 200 OK\r\nX: y\r\n\r\n",
                "HTTP/1.9 200 OK\r\n\r\n",
                "HTTP/1.1 100 \r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n",
                "HTTP/1.1 599 Sehr sch\u00f6n\t!\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: CHUNKED\r\n\r\n",
                "HTTP/1.1 304 \r\nContent-Length: 5\r\n\r\n"
            })
    void aRightHeadIsTakenAndEveryBeginningOfItIsIncomplete(String text) {
        assertThat(read(text + "body")).isEqualTo(COMPLETE);
        assertThat(head.length()).isEqualTo(text.length());
        assertThat(head.status()).isEqualTo(Integer.parseInt(text.substring(9, 12)));
        for (int length = 0; length < text.length(); length++) {
            assertThat(read(text.substring(0, length))).isEqualTo(INCOMPLETE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\nHTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200\r\n\r\n",
                "HTTP/1.1  200 OK\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 2x0 OK\r\n\r\n",
                "HTTP/1.1 099 x\r\n\r\n",
                "HTTP/1.1 600 x\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\nUpgrade: x\r\n\r\n",
                "HTTP/1.0 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n",
                "HTTP/2.0 200 OK\r\n\r\n",
                "HTTP/1.10 200 OK\r\n\r\n",
                "http/1.1 200 OK\r\n\r\n",
                "ICY 200 OK\r\n\r\n",
                "<html>",
                "HTTP/1.1 200 O\u0000K\r\n\r\n",
                "HTTP/1.1 200 OK\n\n",
                "HTTP/1.1 200 OK\rX: y\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: y\n\r\n",
                "HTTP/1.1 200 OK\r\n X: y\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: y\r\n z\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX : y\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: \u0001\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
                "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\nConnection: clo se\r\n\r\n"
            })
    void aDoubtfulHeadIsRefusedHoweverItIsCut(String text) {
        assertThat(read(text)).isEqualTo(MALFORMED);
        for (int length = 0; length < text.length(); length++) {
            assertThat(read(text.substring(0, length))).isIn(INCOMPLETE, MALFORMED);
        }
    }

    @Test
    void aHeadOfExactlyTheLimitIsTakenAndOneOctetMoreIsNot() {
        String text = "HTTP/1.1 200 OK\r\nX: y\r\n\r\n";

        assertThat(Heads.read(head, text, text.length() + 1, 100)).isEqualTo(COMPLETE);
        assertThat(Heads.read(head, text + "body", text.length(), 100)).isEqualTo(COMPLETE);
        assertThat(Heads.read(head, text, text.length() - 1, 100)).isEqualTo(TOO_LARGE);
        assertThat(Heads.read(head, text.substring(0, 10), 10, 100)).isEqualTo(TOO_LARGE);
        assertThat(Heads.read(head, text.substring(0, 9), 10, 100)).isEqualTo(INCOMPLETE);
    }

    @Test
    void asManyFieldsAsTheLimitAreTakenAndOneMoreIsNot() {
        String start = "HTTP/1.1 200 OK\r\n";

        assertThat(Heads.read(head, start + "X: y\r\n".repeat(3) + "\r\n", MAX_BYTES, 3))
                .isEqualTo(COMPLETE);
        assertThat(Heads.read(head, start + "X: y\r\n".repeat(4) + "\r\n", MAX_BYTES, 3))
                .isEqualTo(TOO_LARGE);
    }

    /** RFC 9112 §9.3. */
    @ParameterizedTest
    @CsvSource({
        "1.1, X: y, true",
        "1.1, Connection: close, false",
        "1.1, 'Connection: x, Close', false",
        "1.0, X: y, false",
        "1.0, Connection: keep-alive, true",
        "1.0, 'Connection: keep-alive, close', false"
    })
    void theConnectionLivesOnUnlessTheEndpointOrItsVersionSaysOtherwise(String version, String line, boolean lives) {
        assertThat(read("HTTP/" + version + " 200 OK\r\n" + line + "\r\n\r\n")).isEqualTo(COMPLETE);
        assertThat(head.keepAlive()).isEqualTo(lives);
    }

    /** RFC 9112 §6.3 rule 1. */
    @ParameterizedTest
    @CsvSource({"200, false, true", "200, true, false", "100, false, false", "204, false, false", "304, false, false"})
    void someResponsesNeverHaveABody(int status, boolean answersHead, boolean body) {
        read("HTTP/1.1 " + status + " x\r\nContent-Length: 5\r\n\r\n");

        assertThat(head.hasBody(answersHead)).isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource({"100, true", "103, true", "199, true", "200, false"})
    void interimResponsesAreFollowedByAnother(int status, boolean interim) {
        read("HTTP/1.1 " + status + " x\r\n\r\n");

        assertThat(head.interim()).isEqualTo(interim);
    }

    @Test
    void nothingOfAHeadShowsInTheNext() {
        read("HTTP/1.0 404 x\r\nDate: y\r\nConnection: close\r\nContent-Length: 5\r\nTransfer: z\r\n\r\n");
        read("HTTP/1.1 200 OK\r\n\r\n");

        assertThat(head.keepAlive()).isTrue();
        assertThat(head.dated()).isFalse();
        assertThat(head.framing().contentLength()).isEqualTo(-1);
        assertThat(head.fields().count()).isZero();
    }
}
