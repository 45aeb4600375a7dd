package io.evenkeel.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * Validates a chunked body and frames it anew. Chunks that arrive in canonical form are handed on as they are, in runs as long as the buffer
 * allows; a size line that has extensions, or that is cut by the end of a buffer, is left out and written again. Trailers are handed on only
 * once they are whole and valid. Reused; event-loop confined.
 *
 * <p><b>Spec.</b> RFC 9112 §7.1; RFC 9110 §6.5.1 (fields that may not be trailers).
 */
final class ChunkedReader {

    private enum State {
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILERS,
        DONE
    }

    /** 15 digits: no size that fits overflows a long. */
    private static final int MAX_SIZE_DIGITS = 15;
    /** Extensions are dropped, so there is no reason to wait for many of them: octets in one body (RFC 9112 §7.1.1). */
    private static final int MAX_EXTENSION_BYTES = 16 * 1024;

    private final int maxTrailerBytes;
    private byte[] trailers = new byte[0];
    private int trailerBytes;
    private State state = State.DONE;
    private boolean unwrap;
    private long size;
    private int digits;
    private final ChunkExtension extension = new ChunkExtension();
    private boolean extended;
    private int extensionBytes;
    private long maxPayloadBytes;
    private boolean overLimit;
    private long payloadBytes;
    /** Where the run that may be handed on as it is starts. */
    private int runStart;
    /** Where the size line being read starts, or −1 where that was in an earlier buffer. */
    private int lineStart;

    ChunkedReader(int maxTrailerBytes) {
        this.maxTrailerBytes = maxTrailerBytes;
    }

    /** @param maxBytes most octets of content; 0: no limit */
    void start(boolean unwrapChunks, long maxBytes) {
        state = State.SIZE;
        unwrap = unwrapChunks;
        size = 0;
        digits = 0;
        extended = false;
        extensionBytes = 0;
        maxPayloadBytes = maxBytes;
        overLimit = false;
        payloadBytes = 0;
        trailerBytes = 0;
    }

    boolean done() {
        return state == State.DONE;
    }

    /** Whether reading ended because the next chunk would pass the limit. */
    boolean overLimit() {
        return overLimit;
    }

    long payloadBytes() {
        return payloadBytes;
    }

    int read(ByteBuf in, int from, BodySink sink) {
        int position = from;
        int end = in.writerIndex();
        runStart = in.readerIndex();
        lineStart = state == State.SIZE && digits == 0 ? from : -1;
        if (unwrap) {
            flush(in, from, sink);
        }
        while (position < end && state != State.DONE) {
            position = switch (state) {
                case DATA -> data(in, position, end, sink);
                case TRAILERS -> trailers(in, position, end, sink);
                default -> framing(in, position, sink) ? position + 1 : BodyReader.MALFORMED;
            };
            if (position < 0) {
                return BodyReader.MALFORMED;
            }
        }
        if (!unwrap) {
            flush(in, inSizeLine() ? lineStart : position, sink);
        }
        return position;
    }

    private boolean inSizeLine() {
        return state == State.SIZE || state == State.EXTENSION || state == State.SIZE_LF;
    }

    /** Hands on the run up to {@code to}; nothing where the buffer began inside a size line and {@code to} is −1. */
    private void flush(ByteBuf in, int to, BodySink sink) {
        if (to > runStart) {
            BodyReader.emit(in, runStart, to, sink);
        }
        runStart = Math.max(runStart, to);
    }

    private int data(ByteBuf in, int position, int end, BodySink sink) {
        int length = (int) Math.min(size, end - position);
        size -= length;
        payloadBytes += length;
        int next = position + length;
        if (unwrap) {
            runStart = position;
            flush(in, next, sink);
        }
        state = size == 0 ? State.DATA_CR : State.DATA;
        return next;
    }

    /** One octet of a size line or of the CRLF behind the data; false: malformed. */
    private boolean framing(ByteBuf in, int position, BodySink sink) {
        byte b = in.getByte(position);
        return switch (state) {
            case SIZE -> size(b);
            case EXTENSION -> extension(b);
            case SIZE_LF -> b == '\n' && endOfSizeLine(in, position + 1, sink);
            case DATA_CR -> endOfData(b);
            default -> nextChunk(b, position + 1);
        };
    }

    private boolean endOfData(byte b) {
        state = State.DATA_LF;
        return b == '\r';
    }

    private boolean nextChunk(byte b, int next) {
        state = State.SIZE;
        digits = 0;
        extended = false;
        lineStart = next;
        return b == '\n';
    }

    private boolean size(byte b) {
        int value = Octets.hex(b);
        if (value >= 0) {
            size = size << 4 | value;
            return ++digits <= MAX_SIZE_DIGITS;
        }
        if (digits == 0) {
            return false;
        }
        if (b == '\r') {
            state = State.SIZE_LF;
            return true;
        }
        state = State.EXTENSION;
        extended = true;
        extension.start();
        return extension(b);
    }

    private boolean extension(byte b) {
        if (b == '\r') {
            state = State.SIZE_LF;
            return extension.mayEnd();
        }
        return ++extensionBytes <= MAX_EXTENSION_BYTES && extension.accepts(b);
    }

    private boolean endOfSizeLine(ByteBuf in, int next, BodySink sink) {
        overLimit = maxPayloadBytes > 0 && size > maxPayloadBytes - payloadBytes;
        if (overLimit) {
            return false;
        }
        state = size == 0 ? State.TRAILERS : State.DATA;
        boolean canonical = lineStart >= 0 && !extended;
        if (!unwrap && !canonical) {
            flush(in, lineStart, sink);
            runStart = next;
            sink.onPart(sizeLine(in));
        }
        return true;
    }

    private ByteBuf sizeLine(ByteBuf in) {
        return ByteBufUtil.writeAscii(in.alloc(), Long.toHexString(size) + "\r\n");
    }

    /** Most bodies have no trailers: then the empty line joins the run. */
    private int trailers(ByteBuf in, int position, int end, BodySink sink) {
        if (trailerBytes == 0
                && end - position >= 2
                && in.getByte(position) == '\r'
                && in.getByte(position + 1) == '\n') {
            state = State.DONE;
            return position + 2;
        }
        if (!unwrap) {
            flush(in, position, sink);
        }
        int next = collect(in, position, end);
        runStart = Math.max(next, runStart);
        if (next > 0 && state == State.DONE) {
            emitTrailers(in, sink);
        }
        return next;
    }

    private void emitTrailers(ByteBuf in, BodySink sink) {
        boolean empty = trailerBytes == 2;
        if (unwrap && empty) {
            return;
        }
        ByteBuf lines = in.alloc().directBuffer(trailerBytes).writeBytes(trailers, 0, trailerBytes);
        if (unwrap) {
            sink.onTrailers(lines);
        } else {
            sink.onPart(lines);
        }
    }

    /** Gathers the trailer section until its empty line; returns the position behind what it took. */
    private int collect(ByteBuf in, int from, int end) {
        int position = from;
        while (position < end) {
            if (trailerBytes == maxTrailerBytes) {
                return BodyReader.MALFORMED;
            }
            if (trailerBytes == trailers.length) {
                trailers =
                        java.util.Arrays.copyOf(trailers, Math.min(maxTrailerBytes, Math.max(256, trailerBytes * 2)));
            }
            trailers[trailerBytes++] = in.getByte(position++);
            if (endOfTrailers()) {
                boolean valid = Trailers.valid(trailers, trailerBytes);
                state = valid ? State.DONE : state;
                return valid ? position : BodyReader.MALFORMED;
            }
        }
        return position;
    }

    private boolean endOfTrailers() {
        return trailers[trailerBytes - 1] == '\n'
                && (trailerBytes == 2 || (trailerBytes >= 4 && trailers[trailerBytes - 3] == '\n'));
    }
}
