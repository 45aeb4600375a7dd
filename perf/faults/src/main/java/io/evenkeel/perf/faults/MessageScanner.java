package io.evenkeel.perf.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import java.util.Locale;

/**
 * Reads HTTP/1.1 messages whose length is given, however their octets are cut, and holds their bodies against {@link Pattern}.
 *
 * <p>Threading: event-loop confined. Ownership: never retains or releases what it reads.
 *
 * <p>Spec: RFC 9112 §6.3, without transfer codings, which the endpoints and the load never use.
 */
final class MessageScanner {

    private static final int MAX_HEAD_BYTES = 4 * 1024;
    private static final int PIECE_BYTES = 2 * 1024;
    private static final int END_OF_HEAD = 0x0d0a0d0a;
    private static final String LENGTH = "\r\ncontent-length:";

    private final boolean responses;
    private final byte[] octets = new byte[MAX_HEAD_BYTES];
    private final byte[] piece = new byte[PIECE_BYTES];
    private int headBytes;
    private int lastFour;
    private String head = "";
    private long length = -1;
    private long read;

    private MessageScanner(boolean responses) {
        this.responses = responses;
    }

    static MessageScanner ofRequests() {
        return new MessageScanner(false);
    }

    static MessageScanner ofResponses() {
        return new MessageScanner(true);
    }

    /**
     * Reads on; true when the message is complete. What follows it stays in the buffer.
     *
     * @throws IllegalStateException when it is not what was sent
     */
    boolean completes(ByteBuf in) {
        while (read != length && in.isReadable()) {
            // in pieces, because each look into a buffer whose leaks are watched leaves a record
            int bytes = Math.min(in.readableBytes(), piece.length);
            in.getBytes(in.readerIndex(), piece, 0, bytes);
            in.skipBytes(length < 0 ? readHead(bytes) : readBody(bytes));
        }
        return read == length;
    }

    private int readBody(int bytes) {
        int mine = (int) Math.min(length - read, bytes);
        if (!responses || status() == 200) {
            Pattern.check(piece, read, mine);
        }
        read += mine;
        return mine;
    }

    /** Whether the head has been read. */
    boolean hasHead() {
        return length >= 0;
    }

    /** The status of a response whose head was read. */
    int status() {
        return Integer.parseInt(head.substring(9, 12));
    }

    /** Whether the head, in lower case, begins so. */
    boolean startsWith(String text) {
        return head.startsWith(text);
    }

    /** Whether the head has this field, in lower case with its colon. */
    boolean has(String field) {
        return head.contains("\r\n" + field);
    }

    /** Whether the connection ends with this message (RFC 9112 §9.6). */
    boolean closes() {
        return has("connection: close");
    }

    /** Makes ready for the next message. */
    void reset() {
        headBytes = 0;
        lastFour = 0;
        length = -1;
        read = 0;
        head = "";
    }

    private int readHead(int bytes) {
        for (int i = 0; i < bytes; i++) {
            if (headBytes == MAX_HEAD_BYTES) {
                throw new IllegalStateException("a head over " + MAX_HEAD_BYTES + " bytes");
            }
            octets[headBytes++] = piece[i];
            lastFour = (lastFour << 8) | (piece[i] & 0xff);
            if (lastFour == END_OF_HEAD) {
                head = new String(octets, 0, headBytes, ISO_8859_1).toLowerCase(Locale.ROOT);
                length = announced();
                return i + 1;
            }
        }
        return bytes;
    }

    private long announced() {
        int at = head.indexOf(LENGTH);
        if (responses && (at < 0 || !head.startsWith("http/1.1 "))) {
            throw new IllegalStateException("no response with a length: " + head.strip());
        }
        int from = at + LENGTH.length();
        return at < 0
                ? 0
                : Long.parseLong(head.substring(from, head.indexOf('\r', from)).strip());
    }
}
