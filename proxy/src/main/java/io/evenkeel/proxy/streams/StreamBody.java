package io.evenkeel.proxy.streams;

import io.evenkeel.proxy.exchange.Exchange;
import io.evenkeel.proxy.http.BodyReader;
import io.evenkeel.proxy.http2.RequestToOctets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request on its way from DATA frames to its endpoint. What the endpoint does not take yet waits here; it is bounded by the stream's
 * window, because octets are given back to the window only once they have moved on. Event-loop confined.
 *
 * <p><b>Ownership.</b> Holds what waits, and the trailers, until {@link #release}.
 */
final class StreamBody {

    /** Parts below this many octets are copied rather than sliced: a slice of one octet would hold on to all that was read with it. */
    private static final int SMALL_BYTES = 1024;

    private final ByteBufAllocator alloc;
    private long announced;
    private long received;
    private boolean expected;
    private boolean ended;
    private boolean told;
    private int owed;
    private @Nullable ByteBuf waiting;
    private @Nullable ByteBuf trailers;

    StreamBody(ByteBufAllocator alloc) {
        this.alloc = alloc;
    }

    /**
     * A head has come.
     *
     * @param length octets that it announces, or {@link RequestToOctets#UNKNOWN}
     * @param ends whether nothing follows it
     */
    void begin(long length, boolean ends) {
        announced = length;
        ended = ends;
        expected = !ends && length != 0;
    }

    /** Counts octets of a DATA frame; false: they are more, or at the end fewer, than was announced (RFC 9113 §8.1.1). */
    boolean count(int octets, boolean ends) {
        received += octets;
        ended = ends;
        return announced == RequestToOctets.UNKNOWN || (ends ? received == announced : received <= announced);
    }

    /** Whether the exchange expects a body, or more of it. */
    boolean expected() {
        return expected && !told;
    }

    /** Whether the client has sent all. */
    boolean ended() {
        return ended;
    }

    /** Whether octets wait for the endpoint. */
    boolean waits() {
        return waiting != null;
    }

    /** <b>Ownership.</b> Takes {@code lines}. */
    void trailers(ByteBuf lines) {
        trailers = lines;
    }

    /** Takes octets of a DATA frame, whose buffer stays the caller's. */
    void add(ByteBuf data, Exchange exchange) {
        int octets = data.readableBytes();
        owed += octets;
        if (waiting == null && takes(exchange) && octets >= SMALL_BYTES) {
            exchange.relayRequest(data);
        } else if (octets > 0) {
            waiting = waiting == null ? alloc.directBuffer(octets) : waiting;
            waiting.writeBytes(data, data.readerIndex(), octets);
        }
    }

    private static boolean takes(Exchange exchange) {
        return exchange.takesBody() && !exchange.requestBlocked();
    }

    /** Moves on what waits, as far as the endpoint takes it; false: the exchange has ended over it. */
    boolean move(Exchange exchange) {
        if (waiting == null || !takes(exchange)) {
            return true;
        }
        ByteBuf in = waiting;
        waiting = null;
        int end = exchange.relayRequest(in);
        in.release();
        return end != BodyReader.MALFORMED;
    }

    /** Tells the exchange the end once everything before it has moved on. */
    void tellEnd(Exchange exchange) {
        if (ended && expected() && waiting == null && exchange.takesBody()) {
            told = true;
            ByteBuf lines = trailers;
            trailers = null;
            exchange.endRequest(lines);
        }
    }

    /** Octets that have moved on and are to be given back to the window; asked for once. */
    int takeOwed(boolean blocked) {
        if (waiting != null || blocked) {
            return 0;
        }
        int settled = owed;
        owed = 0;
        return settled;
    }

    void release() {
        expected = false;
        if (waiting != null) {
            waiting.release();
            waiting = null;
        }
        if (trailers != null) {
            trailers.release();
            trailers = null;
        }
    }
}
