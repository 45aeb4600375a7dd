package io.evenkeel.proxy.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.WsFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketFramesTest {

    private final WebSocketFrames frames = new WebSocketFrames();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 100_000})
    void aFrameEndsWhereItsLengthSays(int length) {
        for (byte[] frame : List.of(WsFrame.fromClient(new byte[length]), WsFrame.fromServer(new byte[length]))) {
            ByteBuf two = Unpooled.wrappedBuffer(frame, frame);

            assertThat(frames.follow(two, 0, true)).isEqualTo(frame.length);
            assertThat(frames.follow(two, frame.length, false)).isEqualTo(2 * frame.length);
            assertThat(frames.atBoundary()).isTrue();
            assertThat(frames.closed()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 200, 70_000})
    void whereverItIsCutTheBoundariesAreTheSame(int length) {
        byte[] frame = WsFrame.fromClient(new byte[length]);
        List<Integer> boundaries = new ArrayList<>();
        for (int round = 0, at = 0; round < 2; round++) {
            for (byte octet : frame) {
                frames.follow(Unpooled.wrappedBuffer(new byte[] {octet}), 0, false);
                at++;
                if (frames.atBoundary()) {
                    boundaries.add(at);
                }
            }
        }

        assertThat(boundaries).containsExactly(frame.length, 2 * frame.length);
    }

    @Test
    void theMiddleOfAFrameIsNoBoundary() {
        byte[] frame = WsFrame.fromServer(new byte[1000]);
        assertThat(frames.follow(Unpooled.wrappedBuffer(frame, 0, 500), 0, true))
                .isEqualTo(500);
        assertThat(frames.atBoundary()).isFalse();
    }

    @Test
    void aCloseFrameCountsOnceItIsWhole() {
        byte[] close = WsFrame.closeFromClient(1000);
        frames.follow(Unpooled.wrappedBuffer(close, 0, close.length - 1), 0, false);
        assertThat(frames.closed()).isFalse();

        frames.follow(Unpooled.wrappedBuffer(close, close.length - 1, 1), 0, false);
        assertThat(frames.closed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 3})
    void aLengthBeyondAllMeasureNeverEnds(long length) {
        ByteBuf endless = Unpooled.buffer().writeByte(0x82).writeByte(0xff).writeLong(length);
        frames.follow(endless.writeZero(1 << 16), 0, false);

        assertThat(frames.atBoundary()).isFalse();
        assertThat(frames.follow(Unpooled.buffer().writeZero(1 << 16), 0, true)).isEqualTo(1 << 16);
    }
}
