package io.evenkeel.proxy.http2;

import io.evenkeel.proxy.http.HeadBuffer;
import io.evenkeel.proxy.http.KnownField;
import io.evenkeel.proxy.http.Octets;
import io.evenkeel.proxy.http.WebSocketKey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * Writes the header section of an HTTP/2 request as the head of an HTTP/1.1 request, or not at all where it is malformed. Whether what is written may be
 * served is left to {@link io.evenkeel.proxy.http.RequestHead}, which reads it as if a client had sent it. One per event loop.
 *
 * <p><b>Spec.</b> RFC 9113 §8.1.1 (malformed), §8.2, §8.3; RFC 9110 §8.6; RFC 8441 §4 and §5: an extended CONNECT is what HTTP/1.1 calls an upgrade.
 */
public final class RequestToOctets {

    /** What {@link #contentLength} is where the request names none. */
    public static final long UNKNOWN = -1;

    private static final byte[] VERSION = Octets.ascii(" HTTP/1.1\r\n");
    private static final byte[] HOST = Octets.ascii("host: ");
    private static final byte[] COOKIE = Octets.ascii("cookie: ");
    private static final byte[] COOKIE_SEPARATOR = Octets.ascii("; ");
    private static final byte[] COLON = Octets.ascii(": ");
    private static final byte[] CRLF = Octets.ascii("\r\n");
    private static final byte[] CHUNKED = Octets.ascii("transfer-encoding: chunked\r\n");
    private static final byte[] NO_CONTENT = Octets.ascii("content-length: 0\r\n");
    private static final AsciiString[] WITH_CONTENT = {
        AsciiString.cached("POST"), AsciiString.cached("PUT"), AsciiString.cached("PATCH")
    };

    private static final byte[] UPGRADE = Octets.ascii("connection: Upgrade\r\nupgrade: ");
    private static final byte[] KEY = Octets.ascii("sec-websocket-key: ");
    private static final AsciiString KEY_NAME = AsciiString.cached("sec-websocket-key");
    private static final AsciiString WEBSOCKET = AsciiString.cached("websocket");

    private final HeadBuffer out = new HeadBuffer();
    private final RequestPseudo pseudo = new RequestPseudo();
    private long contentLength;
    private boolean hosted;
    private int cookies;
    private @Nullable WebSocketKey key;

    /**
     * @param ends whether no DATA follows
     * @return the head, the caller's to release, or null: the request is malformed (RFC 9113 §8.1.1)
     */
    public @Nullable ByteBuf write(HeaderList from, boolean ends, Schemes schemes, ByteBufAllocator alloc) {
        pseudo.clear();
        contentLength = UNKNOWN;
        hosted = false;
        cookies = 0;
        key = null;
        int first = pseudo(from);
        if (first < 0 || !pseudo.legal(schemes)) {
            return null;
        }
        requestLine();
        for (int i = first; i < from.size(); i++) {
            if (!field(from.name(i), from.value(i))) {
                return null;
            }
        }
        if (ends && contentLength > 0) {
            return null;
        }
        cookies(from, first);
        AsciiString protocol = pseudo.protocol();
        if (protocol == null) {
            framing(ends);
        } else if (ends || contentLength != UNKNOWN) {
            return null;
        } else {
            upgrade(protocol);
        }
        out.put(CRLF);
        return out.toByteBuf(alloc);
    }

    /** Takes the pseudo-header fields; returns where the others start, or −1. */
    private int pseudo(HeaderList from) {
        int i = 0;
        while (i < from.size() && RequestPseudo.isPseudo(from.name(i))) {
            if (!pseudo.add(from.name(i), from.value(i))) {
                return -1;
            }
            i++;
        }
        return i;
    }

    private void requestLine() {
        out.clear();
        put(pseudo.method());
        out.put((byte) ' ');
        put(pseudo.target());
        out.put(VERSION);
        AsciiString authority = pseudo.authority();
        if (authority != null) {
            out.put(HOST);
            put(authority);
            out.put(CRLF);
        }
    }

    private boolean field(AsciiString name, AsciiString value) {
        if (!FieldRules.legalName(name) || !FieldRules.legalValue(value)) {
            return false;
        }
        KnownField known = FieldRules.known(name);
        if (FieldRules.connectionSpecific(known, value)) {
            return false;
        }
        return switch (known) {
            case HOST -> host(name, value);
            case COOKIE -> {
                cookies += value.isEmpty() ? 0 : 1;
                yield true;
            }
            case CONTENT_LENGTH -> contentLength(name, value);
            default -> (pseudo.protocol() != null && KEY_NAME.equals(name)) || line(name, value);
        };
    }

    private void upgrade(AsciiString protocol) {
        out.put(UPGRADE);
        put(protocol);
        out.put(CRLF);
        if (WEBSOCKET.contentEqualsIgnoreCase(protocol)) {
            WebSocketKey made = WebSocketKey.make();
            key = made;
            out.put(KEY);
            out.put(made.text());
            out.put(CRLF);
        }
    }

    private boolean host(AsciiString name, AsciiString value) {
        if (hosted || value.isEmpty() || !pseudo.agrees(value)) {
            return false;
        }
        hosted = true;
        return pseudo.authority() != null || line(name, value);
    }

    private boolean contentLength(AsciiString name, AsciiString value) {
        if (contentLength != UNKNOWN) {
            return false;
        }
        contentLength = FieldRules.length(value);
        return contentLength >= 0 && line(name, value);
    }

    private boolean line(AsciiString name, AsciiString value) {
        put(name);
        out.put(COLON);
        put(value);
        out.put(CRLF);
        return true;
    }

    /** Crumbs become one field again (RFC 9113 §8.2.3); empty ones add nothing. */
    private void cookies(HeaderList from, int first) {
        if (cookies == 0) {
            return;
        }
        out.put(COOKIE);
        int left = cookies;
        for (int i = first; left > 0; i++) {
            if (FieldRules.known(from.name(i)) == KnownField.COOKIE
                    && !from.value(i).isEmpty()) {
                put(from.value(i));
                if (--left > 0) {
                    out.put(COOKIE_SEPARATOR);
                }
            }
        }
        out.put(CRLF);
    }

    /** Methods that usually come with content say so when there is none (RFC 9110 §8.6): there are servers that insist. */
    private void framing(boolean ends) {
        if (contentLength != UNKNOWN) {
            return;
        }
        if (!ends) {
            out.put(CHUNKED);
            return;
        }
        for (AsciiString method : WITH_CONTENT) {
            if (method.equals(pseudo.method())) {
                out.put(NO_CONTENT);
            }
        }
    }

    private void put(AsciiString text) {
        out.put(text.array(), text.arrayOffset(), text.arrayOffset() + text.length());
    }

    /** The key that the request written last asks for a WebSocket with, or null. */
    public @Nullable WebSocketKey webSocketKey() {
        return key;
    }

    /** Octets of content that the request written last announced, or {@link #UNKNOWN}. */
    public long contentLength() {
        return contentLength;
    }
}
