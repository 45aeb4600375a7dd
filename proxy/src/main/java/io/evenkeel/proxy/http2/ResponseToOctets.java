package io.evenkeel.proxy.http2;

import io.evenkeel.proxy.http.HeadBuffer;
import io.evenkeel.proxy.http.KnownField;
import io.evenkeel.proxy.http.Octets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * Judges the header section of an HTTP/2 response and writes it as the head of an HTTP/1.1 one. One per event loop.
 *
 * <p><b>Spec.</b> RFC 9113 §8.2 (fields), §8.3.2 ({@code :status}, once and nothing beside it), §8.6 (no 101); RFC 9112 §4.
 */
public final class ResponseToOctets {

    private static final AsciiString STATUS = AsciiString.cached(":status");
    private static final byte[] VERSION = Octets.ascii("HTTP/1.1 ");
    private static final int MAX_STATUS = 599;
    /** HTTP/2 has no reason phrases, but there are HTTP/1.1 clients that cannot do without. */
    private static final byte[][] REASONS = reasons();

    private static final byte[] COLON = Octets.ascii(": ");
    private static final byte[] CRLF = Octets.ascii("\r\n");

    private final HeadBuffer out = new HeadBuffer();
    private int status;
    private long contentLength;

    private static byte[][] reasons() {
        byte[][] texts = new byte[MAX_STATUS + 1][];
        for (int status = 0; status <= MAX_STATUS; status++) {
            HttpResponseStatus known = HttpResponseStatus.valueOf(status);
            boolean registered = !known.reasonPhrase().contains("(");
            texts[status] = Octets.ascii(registered ? known.reasonPhrase() : "");
        }
        return texts;
    }

    /** Returns the head, the caller's to release, or null: it is malformed. */
    public @Nullable ByteBuf write(HeaderList from, ByteBufAllocator alloc) {
        contentLength = -1;
        status = from.isEmpty() || !STATUS.equals(from.name(0)) ? -1 : status(from.value(0));
        if (status < 0) {
            return null;
        }
        out.clear();
        out.put(VERSION);
        put(from.value(0));
        out.put((byte) ' ');
        out.put(REASONS[status]);
        out.put(CRLF);
        for (int i = 1; i < from.size(); i++) {
            if (!field(from.name(i), from.value(i))) {
                return null;
            }
        }
        out.put(CRLF);
        return out.toByteBuf(alloc);
    }

    /** 100–599 but 101, or −1. */
    private static int status(AsciiString text) {
        if (text.length() != 3) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            if (!Octets.isDigit(text.byteAt(i))) {
                return -1;
            }
            value = value * 10 + (text.byteAt(i) - '0');
        }
        return value >= 100 && value <= MAX_STATUS && value != 101 ? value : -1;
    }

    private boolean field(AsciiString name, AsciiString value) {
        if (!FieldRules.legalName(name) || !FieldRules.legalValue(value)) {
            return false;
        }
        KnownField known = FieldRules.known(name);
        if (FieldRules.connectionSpecific(known, value)) {
            return false;
        }
        if (known == KnownField.CONTENT_LENGTH) {
            long length = FieldRules.length(value);
            if (length < 0 || contentLength >= 0) {
                return false;
            }
            contentLength = length;
        }
        put(name);
        out.put(COLON);
        put(value);
        out.put(CRLF);
        return true;
    }

    private void put(AsciiString text) {
        out.put(text.array(), text.arrayOffset(), text.arrayOffset() + text.length());
    }

    /** Of the head written last, 100–599. */
    public int status() {
        return status;
    }

    /** What the head written last says of its body, in octets, or −1. */
    public long contentLength() {
        return contentLength;
    }
}
