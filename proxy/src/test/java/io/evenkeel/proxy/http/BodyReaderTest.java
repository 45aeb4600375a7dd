package io.evenkeel.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;

class BodyReaderTest {

    private final BodyReader reader = new BodyReader(256);
    private final Parts parts = new Parts();

    /** Reads {@code text} from index {@code from} on; its buffer must be free afterwards. */
    private int read(String text, int from) {
        ByteBuf in = Heads.buffer(text);
        int end = reader.read(in, from, parts);
        assertThat(in.readerIndex()).isZero();
        in.release();
        assertThat(in.refCnt()).as("someone kept a part").isZero();
        return end;
    }

    @Test
    void aMessageWithoutBodyEndsBeforeItsFirstOctet() {
        reader.none();

        assertThat(reader.done()).isTrue();
        assertThat(read("next", 0)).isZero();
        assertThat(parts.texts).isEmpty();
    }

    @Test
    void aLengthOfZeroIsNoBody() {
        reader.length(0);

        assertThat(reader.done()).isTrue();
    }

    @Test
    void aLengthEndsWhereItSaysAndWhatFollowsIsLeft() {
        reader.length(5);

        assertThat(read("hel", 0)).isEqualTo(3);
        assertThat(reader.done()).isFalse();
        assertThat(read("lonext", 0)).isEqualTo(2);
        assertThat(reader.done()).isTrue();
        assertThat(read("more", 0)).isZero();
        assertThat(parts.texts).containsExactly("hel", "lo");
        assertThat(reader.payloadBytes()).isEqualTo(5);
    }

    @Test
    void aLengthBeyondAnyBufferCounts() {
        reader.length(Long.MAX_VALUE);

        assertThat(read("x".repeat(1000), 0)).isEqualTo(1000);
        assertThat(reader.done()).isFalse();
        assertThat(reader.payloadBytes()).isEqualTo(1000);
    }

    @Test
    void untilCloseTakesEverythingAndIsNeverDone() {
        reader.untilClose();

        assertThat(read("hello", 0)).isEqualTo(5);
        assertThat(reader.done()).isFalse();
        assertThat(reader.endsWithConnection()).isTrue();
        assertThat(parts.text()).isEqualTo("hello");
    }

    @Test
    void aBufferThatIsAllBodyIsHandedOnItself() {
        reader.length(10);
        ByteBuf in = Heads.buffer("hello");
        reader.read(in, 0, parts);
        in.release();

        assertThat(parts.buffers).singleElement().isSameAs(in);
    }

    /** An edited head stands before the body in the same buffer: both leave in one write. */
    @Test
    void theHeadBeforeTheBodyTravelsInTheSamePart() {
        reader.length(5);
        assertThat(read("HEAD:hello", 5)).isEqualTo(10);
        reader.untilClose();
        assertThat(read("HEAD:hello", 5)).isEqualTo(10);
        reader.chunked(false);
        assertThat(read("HEAD:5\r\nhello\r\n0\r\n\r\n", 5)).isEqualTo(20);
        reader.none();
        assertThat(read("HEAD:next", 5)).isEqualTo(5);
        reader.length(5);
        assertThat(read("HEAD:", 5)).isEqualTo(5);

        assertThat(parts.texts)
                .containsExactly("HEAD:hello", "HEAD:hello", "HEAD:5\r\nhello\r\n0\r\n\r\n", "HEAD:", "HEAD:");
    }

    @Test
    void theHeadBeforeChunksThatAreNotKeptTravelsFirst() {
        reader.chunked(false);
        assertThat(read("HEAD:5;x\r\nhello", 5)).isEqualTo(15);
        reader.chunked(true);
        assertThat(read("HEAD:5\r\nhello", 5)).isEqualTo(13);
        reader.chunked(false);
        assertThat(read("HEAD:5", 5)).isEqualTo(6);

        assertThat(parts.texts).containsExactly("HEAD:", "5\r\n", "hello", "HEAD:", "hello", "HEAD:");
    }

    @Test
    void nothingOfABodyShowsInTheNext() {
        reader.chunked(true);
        read("5;x\r\nhel", 0);
        reader.chunked(false);
        assertThat(reader.payloadBytes()).isZero();
        assertThat(read("3\r\nabc\r\n0\r\n\r\n", 0)).isEqualTo(13);
        assertThat(reader.done()).isTrue();
        reader.length(1);

        assertThat(reader.payloadBytes()).isZero();
        assertThat(reader.endsWithConnection()).isFalse();
        assertThat(parts.texts).containsExactly("hel", "3\r\nabc\r\n0\r\n\r\n");
    }

    /** RFC 9113 §8.1: the transport tells the end. */
    @Test
    void aFramedBodyEndsWhenItIsTold() {
        reader.framed(0);

        assertThat(read("abc", 0)).isEqualTo(3);
        assertThat(read("d", 0)).isEqualTo(1);
        assertThat(reader.done()).isFalse();
        reader.end();
        assertThat(reader.done()).isTrue();
        assertThat(parts.text()).isEqualTo("abcd");
        assertThat(reader.payloadBytes()).isEqualTo(4);
        assertThat(reader.endsWithConnection()).isFalse();
    }

    @Test
    void aFramedBodyMayBeAsLongAsItsLimitAndNoLonger() {
        reader.framed(4);

        assertThat(read("abcd", 0)).isEqualTo(4);
        assertThat(reader.overLimit()).isFalse();
        assertThat(read("e", 0)).isEqualTo(BodyReader.MALFORMED);
        assertThat(reader.overLimit()).isTrue();
        assertThat(parts.text()).isEqualTo("abcd");
    }
}
