package io.evenkeel.proxy.http;

import io.netty.buffer.ByteBuf;

/**
 * Follows one message's body through the buffers it arrives in and hands on what may be forwarded: the very buffers, or slices of them, never
 * copies. Reused; event-loop confined.
 *
 * <p><b>Spec.</b> RFC 9112 §6.3, §7.1.
 */
public final class BodyReader {

    /** What {@link #read} returns when the body breaks its framing. */
    public static final int MALFORMED = -1;

    private enum Mode {
        DONE,
        LENGTH,
        CHUNKED,
        FRAMED,
        UNTIL_CLOSE
    }

    private final ChunkedReader chunks;
    private Mode mode = Mode.DONE;
    private long remaining;
    private long payloadBytes;
    private long maxFramedBytes;

    /** @param maxTrailerBytes limit on the trailer section of a chunked body */
    public BodyReader(int maxTrailerBytes) {
        chunks = new ChunkedReader(maxTrailerBytes);
    }

    /** No body follows. */
    public void none() {
        start(Mode.DONE);
    }

    /** {@code length} octets follow, 0 or more. */
    public void length(long length) {
        start(length == 0 ? Mode.DONE : Mode.LENGTH);
        remaining = length;
    }

    /** Chunks follow. {@code unwrap}: only what is in them is handed on, for a peer that does not know chunks. */
    public void chunked(boolean unwrap) {
        chunked(unwrap, 0);
    }

    /** As above, with a limit on the content: what passes it counts as malformed, and {@link #overLimit} says so. 0: no limit. */
    public void chunked(boolean unwrap, long maxBytes) {
        start(Mode.CHUNKED);
        chunks.start(unwrap, maxBytes);
    }

    /** Everything up to the end of the connection is body. */
    public void untilClose() {
        start(Mode.UNTIL_CLOSE);
    }

    /**
     * The transport tells what is body, and calls {@link #end} at its end (RFC 9113 §8.1).
     *
     * @param maxBytes most octets; more count as malformed, and {@link #overLimit} says so. 0: no limit
     */
    public void framed(long maxBytes) {
        start(Mode.FRAMED);
        maxFramedBytes = maxBytes;
    }

    /** The transport has told the end of the body. */
    public void end() {
        mode = Mode.DONE;
    }

    private void start(Mode next) {
        mode = next;
        payloadBytes = 0;
    }

    /**
     * Reads the body from index {@code from} of {@code in}. What stands between the reader index and {@code from}, an edited head, is handed on in
     * the same part.
     *
     * <p><b>Ownership.</b> {@code in} stays the caller's; parts are retained for the sink.
     *
     * @return the index behind the last octet that belongs to the body, or {@link #MALFORMED}
     */
    public int read(ByteBuf in, int from, BodySink sink) {
        return switch (mode) {
            case CHUNKED -> chunked(in, from, sink);
            case FRAMED -> framed(in, from, sink);
            case LENGTH -> plain(in, from, (int) Math.min(remaining, in.writerIndex() - from), sink);
            case UNTIL_CLOSE -> plain(in, from, in.writerIndex() - from, sink);
            case DONE -> plain(in, from, 0, sink);
        };
    }

    private int chunked(ByteBuf in, int from, BodySink sink) {
        int end = chunks.read(in, from, sink);
        payloadBytes = chunks.payloadBytes();
        mode = chunks.done() ? Mode.DONE : Mode.CHUNKED;
        return end;
    }

    private int framed(ByteBuf in, int from, BodySink sink) {
        int length = in.writerIndex() - from;
        if (maxFramedBytes > 0 && payloadBytes + length > maxFramedBytes) {
            payloadBytes += length;
            return MALFORMED;
        }
        return plain(in, from, length, sink);
    }

    private int plain(ByteBuf in, int from, int length, BodySink sink) {
        payloadBytes += length;
        if (mode == Mode.LENGTH) {
            remaining -= length;
            mode = remaining == 0 ? Mode.DONE : Mode.LENGTH;
        }
        emit(in, in.readerIndex(), from + length, sink);
        return from + length;
    }

    /** Hands {@code in[from, to)} on: the buffer itself where that is all of it. */
    static void emit(ByteBuf in, int from, int to, BodySink sink) {
        if (from == in.readerIndex() && to == in.writerIndex() && from < to) {
            sink.onPart(in.retain());
        } else if (from < to) {
            sink.onPart(in.retainedSlice(from, to - from));
        }
    }

    /** Whether a body without a length was found malformed for no other reason than that it is too long. */
    public boolean overLimit() {
        return mode == Mode.FRAMED
                ? maxFramedBytes > 0 && payloadBytes > maxFramedBytes
                : mode == Mode.CHUNKED && chunks.overLimit();
    }

    /** Whether the body is complete. */
    public boolean done() {
        return mode == Mode.DONE;
    }

    /** Whether the end of the connection is the proper end of the body. */
    public boolean endsWithConnection() {
        return mode == Mode.UNTIL_CLOSE;
    }

    /** Octets of content so far, without framing. */
    public long payloadBytes() {
        return payloadBytes;
    }
}
