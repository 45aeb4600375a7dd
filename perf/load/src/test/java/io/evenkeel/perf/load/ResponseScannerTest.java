package io.evenkeel.perf.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class ResponseScannerTest {

    private static final String RESPONSE = "HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: 5\r\n\r\nhello";

    private final ResponseScanner scanner = new ResponseScanner();

    @Test
    void findsTheEndWhereverTheBytesAreCut() {
        for (int cut = 0; cut < RESPONSE.length(); cut++) {
            scanner.reset();
            assertThat(scanner.completes(bytes(RESPONSE.substring(0, cut)))).isFalse();
            assertThat(scanner.completes(bytes(RESPONSE.substring(cut)))).isTrue();
            assertThat(scanner.success()).isTrue();
        }
    }

    @Test
    void leavesWhatFollowsTheResponse() {
        ByteBuf in = bytes(RESPONSE + "more");

        assertThat(scanner.completes(in)).isTrue();
        assertThat(in.toString(US_ASCII)).isEqualTo("more");
    }

    @Test
    void anEmptyBodyEndsWithTheHead() {
        assertThat(scanner.completes(bytes("HTTP/1.1 503 No\r\ncontent-length:0\r\n\r\n")))
                .isTrue();
        assertThat(scanner.success()).isFalse();
    }

    @Test
    void aResponseWithoutALengthIsRefused() {
        ByteBuf in = bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");

        assertThatThrownBy(() -> scanner.completes(in)).hasMessageContaining("without a length");
    }

    @Test
    void anEndlessHeadIsRefused() {
        ByteBuf in = bytes("x".repeat(100_000));

        assertThatThrownBy(() -> scanner.completes(in)).hasMessageContaining("head over");
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, US_ASCII);
    }
}
