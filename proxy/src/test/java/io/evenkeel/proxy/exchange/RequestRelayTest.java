package io.evenkeel.proxy.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.proxy.http.HeadVerdict;
import io.evenkeel.proxy.http.RequestHead;
import io.evenkeel.proxy.telemetry.ExchangeRecord;
import io.evenkeel.proxy.testing.RecordEdit;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRelayTest {

    private final RequestRelay relay = new RequestRelay(new ExchangeRecord().bytes());

    private void begin(String fields) {
        begin(fields, 0);
    }

    private void begin(String fields, long maxBodyBytes) {
        begin("PUT", fields, maxBodyBytes, 0);
    }

    private void begin(String method, String fields, long maxBodyBytes, int keptBytes) {
        RequestHead head = new RequestHead(1024, 10);
        ByteBuf in = buffer(method + " / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n");
        assertThat(head.read(in, new RequestHead.Limits(1024, 10, 100))).isEqualTo(HeadVerdict.COMPLETE);
        relay.begin(head, maxBodyBytes, false, false);
        relay.repeatBy(new RetryRules(keeping(keptBytes)), head, false);
    }

    private static UpstreamConfig keeping(int bytes) {
        UpstreamConfig config = UpstreamConfig.of("u", List.of());
        return RecordEdit.with(config, "retry.maxBodyBytes", bytes);
    }

    private static ByteBuf buffer(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void relay(String body) {
        ByteBuf in = buffer(body);
        relay.relay(in);
        in.release();
    }

    /**
     * The rest of a chunk, sent to another endpoint without its size line, would be read there as framing: whoever sends the body could smuggle a
     * request in it.
     */
    @ParameterizedTest
    @ValueSource(strings = {"5\r\n", "5\r\nh", "5;x\r\nh"})
    void aBodyThatHasBegunCannotBeSentAgain(String begun) {
        begin("Transfer-Encoding: chunked\r\n");
        assertThat(relay.mayRepeat()).isTrue();
        relay(begun);

        assertThat(relay.mayRepeat()).isFalse();
    }

    @Test
    void aBodyOfKnownLengthCannotBeSentAgainEither() {
        begin("Content-Length: 2\r\n");
        assertThat(relay.mayRepeat()).isTrue();
        assertThat(relay.safeToRepeat()).isFalse();
        relay("a");

        assertThat(relay.mayRepeat()).isFalse();
    }

    @Test
    void aRequestWithoutBodyCanAlwaysBeSentAgain() {
        begin("Content-Length: 2\r\n");
        relay("ab");
        begin("Content-Length: 0\r\n");

        assertThat(relay.done()).isTrue();
        assertThat(relay.mayRepeat()).isTrue();
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

    @ParameterizedTest
    @ValueSource(strings = {"5", "5\r\n", "5;x", "5\r\nh", "5\r\nhello\r\n0\r\n\r\n"})
    void aBodyThatIsKeptCanBeSentAgain(String begun) {
        begin("PUT", "Transfer-Encoding: chunked\r\n", 0, 64);
        relay(begun);

        assertThat(relay.mayRepeat()).isTrue();
        assertThat(relay.safeToRepeat()).as("it may yet become too long").isFalse();
        relay.release();
    }

    @Test
    void aBodyIsKeptUpToItsBoundAndNotBeyond() {
        begin("PUT", "Content-Length: 9\r\n", 0, 9);
        assertThat(relay.safeToRepeat()).isTrue();
        relay("1234");
        relay("56789");
        assertThat(relay.mayRepeat()).isTrue();
        relay.release();

        begin("PUT", "Transfer-Encoding: chunked\r\n", 0, 9);
        relay("4\r\n1234\r\n");
        assertThat(relay.mayRepeat()).isTrue();
        relay("1\r\n5\r\n");
        assertThat(relay.mayRepeat()).isFalse();
    }

    @Test
    void aBodyOfTooManyPiecesIsNotKept() {
        begin("PUT", "Content-Length: 1000\r\n", 0, 4096);
        for (int i = 0; i < 65; i++) {
            relay("a");
        }
        assertThat(relay.mayRepeat()).isTrue();
        relay("a");
        assertThat(relay.mayRepeat()).isFalse();
    }

    @Test
    void nothingIsKeptOfWhatIsNeverSentAgain() {
        begin("POST", "Content-Length: 2\r\n", 0, 64);
        assertThat(relay.mayRepeat()).isFalse();
        ByteBuf body = buffer("ab");
        relay.relay(body);
        body.release();

        assertThat(body.refCnt()).isZero();
    }
}
