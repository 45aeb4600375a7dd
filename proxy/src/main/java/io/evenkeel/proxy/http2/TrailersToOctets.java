package io.evenkeel.proxy.http2;

import io.evenkeel.proxy.http.HeadBuffer;
import io.evenkeel.proxy.http.Octets;
import io.evenkeel.proxy.http.Trailers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * Writes the trailer section of an HTTP/2 message, of either direction, as that of an HTTP/1.1 one: field lines and the empty line. One per event loop.
 *
 * <p><b>Spec.</b> RFC 9113 §8.1, §8.2; RFC 9110 §6.5.1 (fields that may not be trailers make the message malformed, as they do in HTTP/1.1 here).
 */
public final class TrailersToOctets {

    private static final byte[] COLON = Octets.ascii(": ");
    private static final byte[] CRLF = Octets.ascii("\r\n");

    private final HeadBuffer out = new HeadBuffer();

    /** Returns the section, the caller's to release, or null: it is malformed. */
    public @Nullable ByteBuf write(HeaderList from, ByteBufAllocator alloc) {
        out.clear();
        for (int i = 0; i < from.size(); i++) {
            AsciiString name = from.name(i);
            AsciiString value = from.value(i);
            if (!FieldRules.legalName(name) || !FieldRules.legalValue(value)) {
                return null;
            }
            put(name);
            out.put(COLON);
            put(value);
            out.put(CRLF);
        }
        out.put(CRLF);
        return Trailers.valid(out.bytes(), out.length()) ? out.toByteBuf(alloc) : null;
    }

    private void put(AsciiString text) {
        out.put(text.array(), text.arrayOffset(), text.arrayOffset() + text.length());
    }
}
