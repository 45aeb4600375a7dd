package io.evenkeel.proxy.affinity;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.http.Heads;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTML Living Standard §9.2.5–9.2.6, each row in one piece, in single octets and cut anywhere. */
class FirstEventTest {

    private static final String NONE = "none";

    @ParameterizedTest
    @CsvSource({
        "'event: channelId|data: abc||', abc",
        "'event:channelId|data:abc||', abc",
        "'event:  channelId|data: abc||', none",
        "'data: abc|event: channelId||', abc",
        "'event: channelId|data:  abc||', ' abc'",
        "'event: other|event: channelId|data: abc||', abc",
        "'event: channelId|data: a|data: b||', 'a/b'",
        "'event: channelId|data|data||', '/'",
        "'event: channelId|data: abc|id: 7|retry: 10|unknown: x||', abc",
        "': a comment|:|event: channelId|: another|data: abc||', abc",
        "'|||event: channelId|data: abc||', abc",
        "'^event: channelId|data: abc||', abc",
        "'^^event: channelId|data: abc||', none",
        "'event: channelId||data: abc||', none",
        "'event: channelId||event: channelId|data: abc||', abc",
        "'data: abc||event: channelId|data: def||', none",
        "'event: other|data: abc||event: channelId|data: def||', none",
        "'event: channelId|data: abc|', none",
        "'event: channelId|data: abc', none",
        "'Event: channelId|data: abc||', none",
        "' event: channelId|data: abc||', none",
        "'eventchannelId|data: abc||', none",
        "'', none"
    })
    void theFirstEventIsFoundWhereverTheStreamIsCut(String lines, String data) {
        for (String lineEnd : new String[] {"\n", "\r", "\r\n"}) {
            String text = lines.replace("|", lineEnd).replace("^", "\u00ef\u00bb\u00bf");
            String expected = data.replace('/', '\n');
            assertThat(read(text, text.length(), text.length())).isEqualTo(expected);
            for (int cut = 0; cut <= text.length(); cut++) {
                assertThat(read(text, cut, 1)).as("cut at %d", cut).isEqualTo(expected);
                assertThat(read(text, cut, text.length())).as("cut at %d", cut).isEqualTo(expected);
            }
        }
    }

    /** The first {@code cut} octets in one part, the others in parts of {@code size}. */
    private static String read(String text, int cut, int size) {
        FirstEvent event = new FirstEvent();
        give(event, text.substring(0, cut));
        for (int at = cut; at < text.length(); at += size) {
            give(event, text.substring(at, Math.min(text.length(), at + size)));
        }
        return event.isNamed("channelId".getBytes(StandardCharsets.US_ASCII))
                ? Heads.text(event.data(), 0, event.dataLength())
                : NONE;
    }

    private static void give(FirstEvent event, String text) {
        ByteBuf part = Unpooled.buffer().writeBytes(Heads.octets(text));
        event.onPart(part);
        assertThat(part.refCnt()).isZero();
    }

    @Test
    void itGivesUpWhereTheBeginningHoldsNoEvent() {
        String comment = ":" + "x".repeat(FirstEvent.MAX_BYTES) + "\n";
        assertThat(read(comment + "event: channelId\ndata: abc\n\n", 0, 100)).isEqualTo(NONE);
        FirstEvent event = new FirstEvent();
        give(event, comment);
        assertThat(event.done()).isTrue();
    }

    @Test
    void anEventThatEndsWithTheLastOctetLookedAtIsFound() {
        String last = "\nevent: channelId\ndata: abc\n\n";
        String comment = ":" + "x".repeat(FirstEvent.MAX_BYTES - 1 - last.length());
        assertThat(read(comment + last, 0, 1000)).isEqualTo("abc");
        assertThat(read(comment + "x" + last, 0, 1000)).isEqualTo(NONE);
    }
}
