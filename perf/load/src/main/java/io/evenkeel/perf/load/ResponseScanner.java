package io.evenkeel.perf.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import java.util.Locale;

/**
 * Finds where an HTTP/1.1 response with a Content-Length, or one that switches protocols, ends, however its bytes are cut. One instance per connection.
 *
 * <p>Threading: event-loop confined. Ownership: never retains or releases what it reads.
 *
 * <p>Spec: RFC 9112 §6.3, only the case a benchmark's endpoints send; anything else is a malformed response.
 */
final class ResponseScanner {

    /** Longest head taken, bytes. */
    private static final int MAX_HEAD_BYTES = 4 * 1024;

    private static final byte[] LENGTH_NAME = "content-length:".getBytes(ISO_8859_1);
    private static final int END_OF_HEAD = 0x0d0a0d0a;

    private final byte[] head = new byte[MAX_HEAD_BYTES];
    private int headBytes;
    private int lastFour;
    private long missingBodyBytes = -1;
    private long bodyBytes;
    private boolean success;

    /**
     * Reads on; true when the response is complete. What follows it stays in the buffer.
     *
     * @throws IllegalStateException when the head is too long or gives no length
     */
    boolean completes(ByteBuf in) {
        if (missingBodyBytes < 0 && !readHead(in)) {
            return false;
        }
        int read = (int) Math.min(missingBodyBytes, in.readableBytes());
        in.skipBytes(read);
        missingBodyBytes -= read;
        return missingBodyBytes == 0;
    }

    /** Whether the last complete response had a 2xx status, or switched protocols. */
    boolean success() {
        return success;
    }

    /** The length of the last complete response's body. */
    long bodyBytes() {
        return bodyBytes;
    }

    /** Makes ready for the next response. */
    void reset() {
        headBytes = 0;
        lastFour = 0;
        missingBodyBytes = -1;
    }

    private boolean readHead(ByteBuf in) {
        while (in.isReadable()) {
            if (headBytes == MAX_HEAD_BYTES) {
                throw new IllegalStateException("response head over " + MAX_HEAD_BYTES + " bytes");
            }
            byte next = in.readByte();
            head[headBytes++] = next;
            lastFour = (lastFour << 8) | (next & 0xff);
            if (lastFour == END_OF_HEAD) {
                endHead();
                return true;
            }
        }
        return false;
    }

    private void endHead() {
        boolean switched = headBytes > 11 && head[9] == '1' && head[10] == '0' && head[11] == '1';
        success = switched || (headBytes > 9 && head[9] == '2');
        bodyBytes = switched ? 0 : contentLength();
        missingBodyBytes = bodyBytes;
    }

    private long contentLength() {
        for (int i = 0; i < headBytes; i++) {
            if (head[i] == '\n' && namesLength(i + 1)) {
                return parseLength(i + 1 + LENGTH_NAME.length);
            }
        }
        throw new IllegalStateException("response without a length: " + text());
    }

    private boolean namesLength(int from) {
        for (int i = 0; i < LENGTH_NAME.length; i++) {
            if (from + i >= headBytes || lower(head[from + i]) != LENGTH_NAME[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? (byte) (letter + 32) : letter;
    }

    private long parseLength(int from) {
        long length = 0;
        for (int i = from; head[i] != '\r'; i++) {
            if (head[i] >= '0' && head[i] <= '9') {
                length = length * 10 + head[i] - '0';
            }
        }
        return length;
    }

    private String text() {
        return new String(head, 0, headBytes, ISO_8859_1)
                .toLowerCase(Locale.ROOT)
                .strip();
    }
}
