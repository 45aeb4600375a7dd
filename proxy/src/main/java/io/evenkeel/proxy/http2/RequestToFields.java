package io.evenkeel.proxy.http2;

import io.evenkeel.proxy.http.KnownField;
import io.evenkeel.proxy.http.Octets;
import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import java.util.Arrays;

/**
 * Turns request heads of HTTP/1.1 into header sections of HTTP/2. Only for heads that this router wrote: nothing is judged here. One per event loop.
 *
 * <p><b>Spec.</b> RFC 9113 §8.2 (names in lower case), §8.2.2 (fields about a connection stay behind, {@code TE: trailers} does not), §8.3.1.
 */
public final class RequestToFields {

    private static final AsciiString METHOD = AsciiString.cached(":method");
    private static final AsciiString SCHEME = AsciiString.cached(":scheme");
    private static final AsciiString AUTHORITY = AsciiString.cached(":authority");
    private static final AsciiString PATH = AsciiString.cached(":path");
    private static final byte[] HEAD = Octets.ascii("HEAD");

    private final AsciiCache cache = new AsciiCache();
    private byte[] scratch = new byte[4096];
    private int length;

    /** Adds the fields of the head in {@code in}, of which there is nothing but the head, to {@code into}. */
    public void request(ByteBuf in, AsciiString scheme, HeaderList into) {
        load(in);
        int method = to(' ', 0);
        int path = to(' ', method + 1);
        int fields = to('\n', path) + 1;
        into.add(METHOD, cache.text(scratch, 0, method));
        into.add(SCHEME, scheme);
        int host = host(fields);
        if (host >= 0) {
            authority(host, into);
        }
        into.add(PATH, cache.text(scratch, method + 1, path));
        for (int line = fields; line < length && scratch[line] != '\r'; line = to('\n', line) + 1) {
            field(line, into);
        }
    }

    /** Whether the head read last is that of a HEAD request, whose response has no body whatever it says. */
    public boolean answersHead() {
        return length > HEAD.length
                && Arrays.equals(scratch, 0, HEAD.length, HEAD, 0, HEAD.length)
                && scratch[4] == ' ';
    }

    private void load(ByteBuf in) {
        length = in.readableBytes();
        if (scratch.length < length) {
            scratch = new byte[length];
        }
        in.getBytes(in.readerIndex(), scratch, 0, length);
    }

    private int to(char octet, int from) {
        int position = from;
        while (scratch[position] != octet) {
            position++;
        }
        return position;
    }

    /** Where the line of {@code Host} starts, or −1. */
    private int host(int fields) {
        for (int line = fields; line < length && scratch[line] != '\r'; line = to('\n', line) + 1) {
            if (KnownField.of(scratch, line, to(':', line)) == KnownField.HOST) {
                return line;
            }
        }
        return -1;
    }

    /** An HTTP/1.0 client may have named no host. */
    private void authority(int line, HeaderList into) {
        AsciiString value = value(to(':', line) + 1, to('\n', line) - 1);
        if (!value.isEmpty()) {
            into.add(AUTHORITY, value);
        }
    }

    private void field(int line, HeaderList into) {
        int colon = line;
        while (scratch[colon] != ':') {
            scratch[colon] = Octets.lower(scratch[colon]);
            colon++;
        }
        if (passes(KnownField.of(scratch, line, colon))) {
            into.add(cache.text(scratch, line, colon), value(colon + 1, to('\n', colon) - 1));
        }
    }

    private static boolean passes(KnownField field) {
        return switch (field) {
            case HOST, CONNECTION, PROXY_CONNECTION, KEEP_ALIVE, TRANSFER_ENCODING, UPGRADE, HTTP2_SETTINGS -> false;
            default -> true;
        };
    }

    /** Without the blanks around it. */
    private AsciiString value(int from, int to) {
        int start = from;
        int end = to;
        while (start < end && Octets.isBlank(scratch[start])) {
            start++;
        }
        while (end > start && Octets.isBlank(scratch[end - 1])) {
            end--;
        }
        return cache.text(scratch, start, end);
    }
}
