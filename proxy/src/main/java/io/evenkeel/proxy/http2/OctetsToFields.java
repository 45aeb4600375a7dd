package io.evenkeel.proxy.http2;

import io.evenkeel.proxy.http.FieldTable;
import io.evenkeel.proxy.http.HttpDate;
import io.evenkeel.proxy.http.KnownField;
import io.evenkeel.proxy.http.Octets;
import io.evenkeel.proxy.http.ResponseHead;
import io.evenkeel.proxy.http.WebSocketKey;
import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;

/**
 * Turns response heads and trailer sections of HTTP/1.1 into header sections of HTTP/2. Only for octets that were found well-formed before: nothing is
 * judged here. One per event loop.
 *
 * <p><b>Spec.</b> RFC 9113 §8.2 (names in lower case), §8.2.2 (fields about a connection stay behind), §8.3.2.
 */
public final class OctetsToFields {

    private static final AsciiString OK = AsciiString.cached("200");
    private static final AsciiString STATUS = AsciiString.cached(":status");
    /** {@code HTTP/1.1 200}. */
    private static final int STATUS_AT = 9;

    private static final int STATUS_END = 12;

    private final AsciiCache cache = new AsciiCache();
    private byte[] scratch = new byte[4096];

    /**
     * Adds the fields of the response head at the reader index of {@code in} to {@code into}, and skips the head.
     *
     * @return the status, 100–599
     */
    public int response(ByteBuf in, HeaderList into) {
        int length = load(in);
        into.add(STATUS, cache.text(scratch, STATUS_AT, STATUS_END));
        int status =
                (scratch[STATUS_AT] - '0') * 100 + (scratch[STATUS_AT + 1] - '0') * 10 + scratch[STATUS_AT + 2] - '0';
        int line = STATUS_END;
        while (line < length && scratch[line] != '\n') {
            line++;
        }
        in.skipBytes(lines(line + 1, length, into));
        return status;
    }

    /**
     * Adds the fields of a head that was read, as the client is to get them: those that do not end at this hop, the date where the endpoint told none, and
     * those that were added. One that switches protocols is a success like any other (RFC 8441 §5).
     */
    public void response(ResponseHead head, HttpDate date, HeaderList into) {
        byte[] bytes = head.bytes();
        into.add(STATUS, head.switches() ? OK : cache.text(bytes, STATUS_AT, STATUS_END));
        FieldTable fields = head.fields();
        for (int i = 0; i < fields.count(); i++) {
            boolean accept = head.switches() && WebSocketKey.isAccept(bytes, fields.start(i), fields.nameEnd(i));
            if (!head.dropped(i) && !accept && !connectionSpecific(fields.known(i))) {
                into.add(
                        cache.lower(bytes, fields.start(i), fields.nameEnd(i)),
                        cache.text(bytes, fields.valueStart(i), fields.valueEnd(i)));
            }
        }
        if (!head.dated() && !head.interim()) {
            line(date.line(), 0, into);
        }
        for (int i = 0; i < head.added(); i++) {
            line(head.added(i), 0, into);
        }
    }

    /** Adds the fields of the trailer section at the reader index of {@code in} to {@code into}, and skips the section with its empty line, if it has one. */
    public void trailers(ByteBuf in, HeaderList into) {
        in.skipBytes(lines(0, load(in), into));
    }

    private int load(ByteBuf in) {
        int length = in.readableBytes();
        if (scratch.length < length) {
            scratch = new byte[length];
        }
        in.getBytes(in.readerIndex(), scratch, 0, length);
        return length;
    }

    /** Returns the position behind the empty line, or {@code to} where there is none. */
    private int lines(int from, int to, HeaderList into) {
        int position = from;
        while (position < to) {
            if (scratch[position] == '\r') {
                return position + 2;
            }
            position = line(scratch, position, into);
        }
        return position;
    }

    /** Adds the field of the line that starts there; returns the position behind its CRLF. */
    private int line(byte[] bytes, int start, HeaderList into) {
        int colon = start;
        while (bytes[colon] != ':') {
            colon++;
        }
        int end = colon + 1;
        while (bytes[end] != '\r') {
            end++;
        }
        if (!connectionSpecific(KnownField.of(bytes, start, colon))) {
            into.add(cache.lower(bytes, start, colon), value(bytes, colon + 1, end));
        }
        return end + 2;
    }

    private static boolean connectionSpecific(KnownField field) {
        return switch (field) {
            case CONNECTION, PROXY_CONNECTION, KEEP_ALIVE, TRANSFER_ENCODING, UPGRADE -> true;
            default -> false;
        };
    }

    /** Without the blanks around it. */
    private AsciiString value(byte[] bytes, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && Octets.isBlank(bytes[start])) {
            start++;
        }
        while (end > start && Octets.isBlank(bytes[end - 1])) {
            end--;
        }
        return cache.text(bytes, start, end);
    }
}
