package io.evenkeel.proxy.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Reads HTTP/1.1 messages and forgives nothing: what RFC 9112 does not allow a sender to generate is a {@link ProtocolException}.
 *
 * <p><b>Spec.</b> RFC 9112 §2.2, §5, §6, §7.1; RFC 9110 §5.
 */
final class MessageReader {

    private static final int KEPT_BYTES = 1 << 20;
    private static final String TOKEN_EXTRAS = "!#$%&'*+-.^_`|~";

    private final ByteSource source;
    private final StringBuilder lines = new StringBuilder();

    MessageReader(ByteSource source) {
        this.source = source;
    }

    /** One line without its CRLF. A bare CR or LF is an error. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder(80);
        for (int octet = source.take(); octet != '\r'; octet = source.take()) {
            if (octet == '\n') {
                throw new ProtocolException("bare LF after " + Wire.visible(line.toString()));
            }
            line.append((char) octet);
        }
        if (source.take() != '\n') {
            throw new ProtocolException("bare CR after " + Wire.visible(line.toString()));
        }
        lines.append(line).append("\r\n");
        return line.toString();
    }

    /** Every line since the last call, exactly as it came. */
    String takeLines() {
        String taken = lines.toString();
        lines.setLength(0);
        return taken;
    }

    /** A field section up to and with its empty line. */
    Fields fields() throws IOException {
        List<Field> fields = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            fields.add(field(line));
        }
        return new Fields(fields);
    }

    /** Content of exactly this many octets. */
    Body length(long length) throws IOException {
        Sink sink = new Sink();
        sink.copy(length);
        return sink.body(Body.Framing.LENGTH, new Fields(List.of()));
    }

    /** Content up to the end of the stream. */
    Body untilClose() throws IOException {
        Sink sink = new Sink();
        while (source.peek() >= 0) {
            sink.copy(1);
        }
        return sink.body(Body.Framing.UNTIL_CLOSE, new Fields(List.of()));
    }

    /** No content at all. */
    Body none() {
        return new Sink().body(Body.Framing.NONE, new Fields(List.of()));
    }

    /** Chunks, the last chunk and the trailer section. Chunk extensions are an error: the router has to drop them. */
    Body chunked() throws IOException {
        Sink sink = new Sink();
        for (long size = chunkSize(); size > 0; size = chunkSize()) {
            sink.copy(size);
            if (!line().isEmpty()) {
                throw new ProtocolException("chunk data is not followed by CRLF");
            }
        }
        return sink.body(Body.Framing.CHUNKED, fields());
    }

    private long chunkSize() throws IOException {
        String line = line();
        if (!line.matches("[0-9A-Fa-f]{1,15}")) {
            throw new ProtocolException("not a chunk size: " + Wire.visible(line));
        }
        return Long.parseLong(line, 16);
    }

    private static Field field(String line) throws ProtocolException {
        int colon = line.indexOf(':');
        if (colon < 1 || !isToken(line.substring(0, colon))) {
            throw new ProtocolException("not a field line: " + Wire.visible(line));
        }
        String value = line.substring(colon + 1);
        if (value.chars().anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7f)) {
            throw new ProtocolException("control character in " + Wire.visible(line));
        }
        return new Field(line.substring(0, colon), value.replaceAll("^[ \t]+|[ \t]+$", ""));
    }

    /** Whether the text is a token (RFC 9110 §5.6.2). */
    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(MessageReader::isTokenChar);
    }

    private static boolean isTokenChar(int c) {
        return c < 0x7f && (Character.isLetterOrDigit(c) || TOKEN_EXTRAS.indexOf(c) >= 0);
    }

    /** Takes content from the source, counts and sums all of it and keeps the beginning. */
    private final class Sink {

        private final CRC32 crc = new CRC32();
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final byte[] piece = new byte[16 * 1024];
        private long length;

        void copy(long count) throws IOException {
            for (long left = count; left > 0; ) {
                int taken = source.take(piece, (int) Math.min(left, piece.length));
                if (taken < 0) {
                    throw new EOFException("closed with " + left + " octets of content missing");
                }
                crc.update(piece, 0, taken);
                kept.write(piece, 0, Math.min(taken, KEPT_BYTES - kept.size()));
                length += taken;
                left -= taken;
            }
        }

        Body body(Body.Framing framing, Fields trailers) {
            return new Body(framing, length, crc.getValue(), Wire.text(kept.toByteArray()), trailers);
        }
    }
}
