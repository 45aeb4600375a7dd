package io.evenkeel.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

class ChunkWriterTest {

    private final Parts parts = new Parts();

    private void write(String part) {
        ChunkWriter.write(Heads.buffer(part), ByteBufAllocator.DEFAULT, parts::onPart);
    }

    @Test
    void eachPartIsAChunkAndTheEndHasItsEmptyLine() {
        write("hello");
        write("x".repeat(300));
        ChunkWriter.end(null, parts::onPart);

        assertThat(parts.text()).isEqualTo("5\r\nhello\r\n12c\r\n" + "x".repeat(300) + "\r\n0\r\n\r\n");
    }

    /** A chunk without octets would be the end. */
    @Test
    void anEmptyPartIsNoChunk() {
        write("");

        assertThat(parts.texts).isEmpty();
    }

    @Test
    void trailersStandBehindTheLastChunk() {
        write("a");
        ChunkWriter.end(Heads.buffer("X: y\r\n\r\n"), parts::onPart);

        assertThat(parts.text()).isEqualTo("1\r\na\r\n0\r\nX: y\r\n\r\n");
    }

    /** What marks chunks is shared by all bodies. */
    @Test
    void aBodyCanBeWrittenAgainAndAgain() {
        for (int i = 0; i < 3; i++) {
            write("a");
            ChunkWriter.end(null, parts::onPart);
        }

        assertThat(parts.text()).isEqualTo("1\r\na\r\n0\r\n\r\n".repeat(3));
    }
}
