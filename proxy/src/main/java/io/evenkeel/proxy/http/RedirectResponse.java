package io.evenkeel.proxy.http;

import io.evenkeel.config.HttpsRedirectConfig;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Sends clients to the same address over TLS: host, path and query are those of the request, which was judged before and so holds no octet that could end a
 * field line. Event-loop confined.
 *
 * <p><b>Spec.</b> RFC 9110 §15.4, §10.2.2.
 */
public final class RedirectResponse {

    private static final int HTTPS_PORT = 443;

    private static final byte[] VERSION = Octets.ascii("HTTP/1.1 ");
    private static final byte[] LOCATION = Octets.ascii("\r\nLocation: https://");
    private static final byte[] ID = Octets.ascii("\r\nX-Request-Id: ");
    private static final byte[] END = Octets.ascii("Content-Length: 0\r\n\r\n");
    private static final byte[] CRLF = Octets.ascii("\r\n");

    private final HeadBuffer out = new HeadBuffer();
    private final HttpDate date;

    public RedirectResponse(HttpDate date) {
        this.date = date;
    }

    /** Whether this request says which host it means: one of HTTP/1.0 need not. */
    public static boolean possible(RequestHead head) {
        return head.target().hostEnd() > head.target().hostStart();
    }

    /** @return a head without a body, the caller's to release */
    public ByteBuf write(HttpsRedirectConfig config, RequestHead head, RequestId id, ByteBufAllocator alloc) {
        RequestTarget target = head.target();
        out.clear();
        out.put(VERSION);
        out.putDecimal(config.status());
        out.put((byte) ' ');
        out.put(Octets.ascii(reason(config.status())));
        out.put(LOCATION);
        out.put(head.bytes(), target.hostStart(), target.hostEnd());
        if (config.port() != HTTPS_PORT) {
            out.put((byte) ':');
            out.putDecimal(config.port());
        }
        if (target.pathBytes()[target.pathStart()] == '/') {
            out.put(target.pathBytes(), target.pathStart(), target.queryEnd());
        } else {
            out.put((byte) '/'); // OPTIONS of the whole server
        }
        out.put(ID);
        out.put(id.bytes(), 0, id.length());
        out.put(CRLF);
        out.put(date.line());
        out.put(END);
        return out.toByteBuf(alloc);
    }

    private static String reason(int status) {
        return switch (status) {
            case 301 -> "Moved Permanently";
            case 302 -> "Found";
            case 307 -> "Temporary Redirect";
            default -> "Permanent Redirect";
        };
    }
}
