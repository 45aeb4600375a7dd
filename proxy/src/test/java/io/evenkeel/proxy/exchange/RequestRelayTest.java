package io.evenkeel.proxy.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.http.HeadVerdict;
import io.evenkeel.proxy.http.RequestHead;
import io.evenkeel.proxy.telemetry.ExchangeRecord;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRelayTest {

    private final RequestRelay relay = new RequestRelay(new ExchangeRecord().bytes());

    private void begin(String fields) {
        begin(fields, 0);
    }

    private void begin(String fields, long maxBodyBytes) {
        RequestHead head = new RequestHead(1024, 10);
        ByteBuf in = buffer("PUT / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n");
        assertThat(head.read(in, new RequestHead.Limits(1024, 10, 100))).isEqualTo(HeadVerdict.COMPLETE);
        relay.begin(head, maxBodyBytes);
    }

    private static ByteBuf buffer(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void relay(String body) {
        ByteBuf in = buffer(body);
        relay.relay(in);
        in.release();
        assertThat(in.refCnt()).isZero();
    }

    /**
     * The rest of a chunk, sent to another endpoint without its size line, would be read there as framing: whoever sends the body could smuggle a
     * request in it.
     */
    @ParameterizedTest
    @ValueSource(strings = {"5", "5\r\n", "5;x", "5\r\nh"})
    void aBodyThatHasBegunCannotBeSentAgain(String begun) {
        begin("Transfer-Encoding: chunked\r\n");
        assertThat(relay.replayable()).isTrue();
        relay(begun);

        assertThat(relay.replayable()).isFalse();
    }

    @Test
    void aBodyOfKnownLengthCannotBeSentAgainEither() {
        begin("Content-Length: 2\r\n");
        assertThat(relay.replayable()).isTrue();
        assertThat(relay.safeToRepeat()).isFalse();
        relay("a");

        assertThat(relay.replayable()).isFalse();
    }

    @Test
    void aRequestWithoutBodyCanAlwaysBeSentAgain() {
        begin("Content-Length: 2\r\n");
        relay("ab");
        begin("Content-Length: 0\r\n");

        assertThat(relay.done()).isTrue();
        assertThat(relay.replayable()).isTrue();
        assertThat(relay.safeToRepeat()).isTrue();
    }

    @Test
    void aChunkThatPassesTheLimitIsNotRead() {
        begin("Transfer-Encoding: chunked\r\n", 3);
        relay("3\r\nabc\r\n");
        assertThat(relay.overLimit()).isFalse();
        relay("1\r\nd\r\n0\r\n\r\n");

        assertThat(relay.overLimit()).isTrue();
        assertThat(relay.bodyBytes()).isEqualTo(3);
        begin("Transfer-Encoding: chunked\r\n", 0);
        relay("9\r\n123456789\r\n");
        assertThat(relay.overLimit()).as("no limit").isFalse();
    }
}
