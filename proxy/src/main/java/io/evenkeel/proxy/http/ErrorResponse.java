package io.evenkeel.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/** Writes the answers that come from the router itself: a status, the request id, and nothing else. Event-loop confined. */
public final class ErrorResponse {

    private static final byte[] VERSION = Octets.ascii("HTTP/1.1 ");
    private static final byte[] CRLF = Octets.ascii("\r\n");
    private static final byte[] TYPE = Octets.ascii("Content-Type: text/plain\r\nCache-Control: no-store\r\n");
    private static final byte[] LENGTH = Octets.ascii("Content-Length: ");
    private static final byte[] ID = Octets.ascii("X-Request-Id: ");
    private static final byte[] RETRY_AFTER = Octets.ascii("Retry-After: 1\r\n");
    private static final byte[] RETRY_AFTER_LIMIT = Octets.ascii("Retry-After: ");
    private static final byte[] RATE_LIMIT = Octets.ascii("\r\nRateLimit-Limit: ");
    private static final byte[] RATE_REMAINING = Octets.ascii("\r\nRateLimit-Remaining: 0\r\nRateLimit-Reset: ");
    private static final byte[] ALLOW = Octets.ascii("Allow: GET, HEAD, POST, PUT, DELETE, PATCH, OPTIONS\r\n");
    private static final byte[] CLOSE = Octets.ascii("Connection: close\r\n");
    private static final byte[] KEEP_ALIVE = Octets.ascii("Connection: keep-alive\r\n");
    private static final byte[] BODY = Octets.ascii("request id: ");

    private final HeadBuffer out = new HeadBuffer();
    private final HttpDate date;
    private long limitRequests;
    private long limitSeconds;
    private @Nullable Hsts hsts;

    public ErrorResponse(HttpDate date) {
        this.date = date;
    }

    /**
     * What the next 429 says, in {@code Retry-After} and the fields of draft-ietf-httpapi-ratelimit-headers-06.
     *
     * @param requests how many the limit allows
     * @param seconds when another one is allowed, which is what both {@code Retry-After} and {@code RateLimit-Reset} tell
     */
    public void limited(long requests, long seconds) {
        limitRequests = requests;
        limitSeconds = seconds;
    }

    /** Tells browsers so in the next answer; null: does not. */
    public void adding(@Nullable Hsts line) {
        hsts = line;
    }

    /**
     * @param status one of those in {@link #reason}
     * @param headOnly the answer to HEAD: no body follows
     * @return a new buffer, the caller's to release
     */
    public ByteBuf write(
            int status,
            RequestId id,
            ResponseHeadEditor.Persistence persistence,
            boolean headOnly,
            ByteBufAllocator alloc) {
        out.clear();
        out.put(VERSION);
        out.putDecimal(status);
        out.put((byte) ' ');
        out.put(Octets.ascii(reason(status)));
        out.put(CRLF);
        out.put(date.line());
        out.put(TYPE);
        out.put(ID);
        out.put(id.bytes(), 0, id.length());
        out.put(CRLF);
        if (status == 503) {
            out.put(RETRY_AFTER);
        } else if (status == 429) {
            putLimit();
        } else if (status == 405) {
            out.put(ALLOW);
        }
        if (hsts != null) {
            out.put(hsts.line());
            hsts = null;
        }
        out.put(LENGTH);
        out.putDecimal(BODY.length + id.length() + 1);
        out.put(CRLF);
        switch (persistence) {
            case CLOSE -> out.put(CLOSE);
            case KEEP_ALIVE -> out.put(KEEP_ALIVE);
            default -> {}
        }
        out.put(CRLF);
        if (!headOnly) {
            out.put(BODY);
            out.put(id.bytes(), 0, id.length());
            out.put((byte) '\n');
        }
        return out.toByteBuf(alloc);
    }

    private void putLimit() {
        out.put(RETRY_AFTER_LIMIT);
        out.putDecimal(limitSeconds);
        out.put(RATE_LIMIT);
        out.putDecimal(limitRequests);
        out.put(RATE_REMAINING);
        out.putDecimal(limitSeconds);
        out.put(CRLF);
    }

    private static String reason(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 417 -> "Expectation Failed";
            case 421 -> "Misdirected Request";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            case 505 -> "HTTP Version Not Supported";
            case 508 -> "Loop Detected";
            default -> throw new IllegalArgumentException("no reason phrase for status " + status);
        };
    }
}
