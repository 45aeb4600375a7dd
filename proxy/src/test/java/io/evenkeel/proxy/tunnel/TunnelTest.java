package io.evenkeel.proxy.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.loop.DeadlineWheel;
import io.evenkeel.proxy.loop.LoopClock;
import io.evenkeel.proxy.telemetry.ExchangeBytes;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.testing.WsFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TunnelTest {

    private static final long IDLE = TimeUnit.MINUTES.toNanos(1);
    private static final byte[] AWAY = {(byte) 0x88, 2, 0x03, (byte) 0xe9};
    private static final byte[] BIG = WsFrame.fromServer(new byte[1000]);
    private static final byte[] HELLO = WsFrame.fromClient(new byte[] {'h', 'i'});

    private final LoopClock clock = new LoopClock(new EmbeddedChannel().eventLoop());
    /** The loop of the clock runs no task, so that this stays the time of its batch. */
    private final long start = clock.batchNanos();

    private final DeadlineWheel deadlines = new DeadlineWheel(start);
    private final List<String> ends = new ArrayList<>();
    private final End client = new End();
    private final End endpoint = new End();

    /** Keeps what it is sent. */
    private static final class End implements TunnelEnd {

        final ByteArrayOutputStream received = new ByteArrayOutputStream();
        boolean slow;
        boolean finished;
        private Runnable told = () -> {};

        @Override
        public void write(ByteBuf bytes) {
            byte[] octets = new byte[bytes.readableBytes()];
            bytes.readBytes(octets).release();
            received.writeBytes(octets);
        }

        @Override
        public void flush() {}

        @Override
        public void finish(Runnable told) {
            finished = true;
            this.told = told;
            if (!slow) {
                told.run();
            }
        }

        void catchUp() {
            told.run();
        }

        byte[] octets() {
            return received.toByteArray();
        }
    }

    private Tunnel tunnel(boolean webSocket) {
        TunnelTerms terms =
                new TunnelTerms(webSocket, IDLE, new ExchangeBytes(), failure -> ends.add(String.valueOf(failure)));
        return new Tunnel(client, endpoint, terms, clock, deadlines);
    }

    private static ByteBuf octets(byte[]... parts) {
        return Unpooled.wrappedBuffer(parts);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Test
    void whatOneSideSendsTheOtherGets() {
        Tunnel tunnel = tunnel(false);
        tunnel.fromClient(octets(new byte[] {1, 2}));
        tunnel.fromEndpoint(octets(new byte[] {3}));

        assertThat(endpoint.octets()).containsExactly(1, 2);
        assertThat(client.octets()).containsExactly(3);
        assertThat(ends).isEmpty();
    }

    @Test
    void theEndOfOneDirectionLeavesTheOtherOpen() {
        Tunnel tunnel = tunnel(true);
        tunnel.onClientEnd();
        tunnel.fromEndpoint(octets(BIG));

        assertThat(endpoint.finished).isTrue();
        assertThat(client.finished).isFalse();
        assertThat(client.octets()).isEqualTo(BIG);
        tunnel.onEndpointEnd();
        assertThat(ends).containsExactly("null");
    }

    @Test
    void itIsNotOverBeforeTheSlowerSideHasGotEverything() {
        Tunnel tunnel = tunnel(false);
        endpoint.slow = true;
        tunnel.onClientEnd();
        tunnel.onEndpointEnd();
        assertThat(ends).isEmpty();

        endpoint.catchUp();
        assertThat(ends).containsExactly("null");
    }

    @Test
    void silenceInBothDirectionsEndsIt() {
        tunnel(false);
        deadlines.advance(start + IDLE - DeadlineWheel.TICK_NANOS);
        assertThat(ends).isEmpty();

        deadlines.advance(start + IDLE + 2 * DeadlineWheel.TICK_NANOS);
        assertThat(ends).containsExactly("TUNNEL_IDLE");
    }

    @Test
    void aWebSocketThatLeavesSaysSoToBothAndWaitsForBoth() {
        Tunnel tunnel = tunnel(true);
        tunnel.leave(Failure.DRAINED);

        assertThat(client.octets()).isEqualTo(AWAY);
        assertThat(WsFrame.statusOfMaskedClose(endpoint.octets())).isEqualTo(1001);
        tunnel.fromClient(octets(WsFrame.closeFromClient(1001)));
        assertThat(ends).isEmpty();
        tunnel.fromEndpoint(octets(WsFrame.closeFromServer(1001)));
        assertThat(ends).containsExactly("DRAINED");
        assertThat(client.octets()).isEqualTo(AWAY);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 500, 1003})
    void theFrameUnderWayGoesOnToItsEndAndNothingBehindIt(int cut) {
        Tunnel tunnel = tunnel(true);
        tunnel.fromEndpoint(octets(Arrays.copyOf(BIG, cut)));
        tunnel.leave(Failure.DRAINED);
        assertThat(client.octets()).hasSize(cut);

        tunnel.fromEndpoint(octets(Arrays.copyOfRange(BIG, cut, BIG.length), BIG));
        assertThat(client.octets()).isEqualTo(concat(BIG, AWAY));
    }

    @Test
    void whoHasSaidCloseItselfGetsNoOtherFromHere() {
        Tunnel tunnel = tunnel(true);
        tunnel.fromClient(octets(HELLO, WsFrame.closeFromClient(1000)));
        tunnel.leave(Failure.DRAINED);

        assertThat(endpoint.octets()).isEqualTo(concat(HELLO, WsFrame.closeFromClient(1000)));
        assertThat(client.octets()).isEqualTo(AWAY);
        tunnel.fromEndpoint(octets(WsFrame.closeFromServer(1000)));
        assertThat(ends).containsExactly("DRAINED");
    }

    @Test
    void whoDoesNotAnswerIsNotWaitedForLong() {
        Tunnel tunnel = tunnel(true);
        tunnel.leave(Failure.SHUTDOWN);
        tunnel.leave(Failure.DRAINED);
        deadlines.advance(start + Tunnel.CLOSE_NANOS + 2 * DeadlineWheel.TICK_NANOS);

        assertThat(ends).containsExactly("SHUTDOWN");
        assertThat(client.octets()).isEqualTo(AWAY);
    }

    @Test
    void anotherProtocolThatLeavesEndsAtOnce() {
        tunnel(false).leave(Failure.DRAINED);

        assertThat(ends).containsExactly("DRAINED");
        assertThat(client.octets()).isEmpty();
    }

    @Test
    void whoBreaksOffBehindItsCloseFrameHasEndedInOrder() {
        Tunnel tunnel = tunnel(true);
        tunnel.fromEndpoint(octets(WsFrame.closeFromServer(1000)));
        tunnel.onEndpointBroken();

        assertThat(ends).containsExactly("null");
    }

    @Test
    void whoBreaksOffWithoutIsToBlame() {
        tunnel(true).onEndpointBroken();
        tunnel(true).onClientBroken();
        tunnel(false).onClientBroken();

        assertThat(ends).containsExactly("TUNNEL_RESET", "CLIENT_ABORTED", "CLIENT_ABORTED");
    }

    @Test
    void whatComesAfterTheEndIsReleased() {
        Tunnel tunnel = tunnel(false);
        tunnel.end(Failure.CLIENT_ABORTED);
        tunnel.end(Failure.TUNNEL_RESET);
        ByteBuf late = octets(new byte[] {1});
        tunnel.fromEndpoint(late);

        assertThat(late.refCnt()).isZero();
        assertThat(ends).containsExactly("CLIENT_ABORTED");
    }
}
