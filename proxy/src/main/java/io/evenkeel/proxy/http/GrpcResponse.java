package io.evenkeel.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Writes what the router itself answers to gRPC calls. One per event loop.
 *
 * <p><b>Spec.</b> "gRPC over HTTP2": Trailers-Only, Status-Message (percent-encoded).
 */
public final class GrpcResponse {

    private static final byte[] HEAD = Octets.ascii("HTTP/1.1 200 OK\r\nContent-Type: application/grpc\r\n");
    private static final byte[] ID = Octets.ascii("X-Request-Id: ");
    private static final byte[] EMPTY = Octets.ascii("Content-Length: 0\r\n");
    private static final byte[] STATUS = Octets.ascii("grpc-status: ");
    private static final byte[] MESSAGE = Octets.ascii("\r\ngrpc-message: request id: ");
    private static final byte[] PERCENT = Octets.ascii("%25");
    private static final byte[] CRLF = Octets.ascii("\r\n");

    private final HeadBuffer out = new HeadBuffer();
    private final HttpDate date;

    public GrpcResponse(HttpDate date) {
        this.date = date;
    }

    /**
     * A head that is all there is.
     *
     * @param status 1–16
     * @return a new buffer, the caller's to release
     */
    public ByteBuf only(int status, RequestId id, ByteBufAllocator alloc) {
        out.clear();
        out.put(HEAD);
        out.put(date.line());
        out.put(ID);
        out.put(id.bytes(), 0, id.length());
        out.put(CRLF);
        out.put(EMPTY);
        put(status, id);
        return out.toByteBuf(alloc);
    }

    /** Trailers that end a response which had begun: field lines and the empty line, the caller's to release. */
    public ByteBuf trailers(int status, RequestId id, ByteBufAllocator alloc) {
        out.clear();
        put(status, id);
        return out.toByteBuf(alloc);
    }

    private void put(int status, RequestId id) {
        out.put(STATUS);
        out.putDecimal(status);
        out.put(MESSAGE);
        for (int i = 0; i < id.length(); i++) {
            putEncoded(id.bytes()[i]);
        }
        out.put(CRLF);
        out.put(CRLF);
    }

    /** Of what an id may hold only the percent sign itself has to be encoded. */
    private void putEncoded(byte octet) {
        if (octet == '%') {
            out.put(PERCENT);
        } else {
            out.put(octet);
        }
    }
}
