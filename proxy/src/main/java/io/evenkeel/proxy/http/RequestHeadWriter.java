package io.evenkeel.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Writes the head that goes to the endpoint: the lines that arrived, in their order and runs of them copied at once, without those that end at
 * this hop, followed by what this router has to say. Event-loop confined.
 *
 * <p><b>Spec.</b> RFC 9110 §7.6.1 (Connection), §7.6.3 (Via), §7.8 (Upgrade), §10.1.4 (TE); RFC 9112 §3.2.2 (absolute-form); RFC 7239 (Forwarded); W3C Trace Context.
 */
public final class RequestHeadWriter {

    private static final byte[] VERSION = Octets.ascii(" HTTP/1.1\r\n");
    private static final byte[] CRLF = Octets.ascii("\r\n");
    private static final byte[] HOST = Octets.ascii("Host: ");
    private static final byte[] TE_TRAILERS = Octets.ascii("TE: trailers\r\nConnection: TE\r\n");
    private static final byte[] TRAILERS = Octets.ascii("trailers");

    private final HeadBuffer out = new HeadBuffer();

    /**
     * Writes the head.
     *
     * @param rewrite the prefix to put in the place of the route's, or null
     * @param id the id of the exchange
     * @param spent the buffer that the head came in, if there was nothing else in it: its memory may serve again; the writer's to release
     * @return the caller's to release
     */
    public ByteBuf write(
            RequestHead head,
            @Nullable PathRewrite rewrite,
            ForwardingPolicy policy,
            ClientAddress client,
            RequestId id,
            @Nullable ByteBuf spent,
            ByteBufAllocator alloc) {
        out.clear();
        requestLine(head, rewrite);
        byte[] bytes = head.bytes();
        FieldTable fields = head.fields();
        boolean trailers = false;
        boolean hosted = false;
        int run = fields.start(0);
        for (int i = 0; i < fields.count(); i++) {
            if (head.connection.dropped(i) || policy.replaces(head, i, client)) {
                out.put(bytes, run, fields.start(i));
                run = fields.lineEnd(i);
                trailers |= fields.known(i) == KnownField.TE && saysTrailers(bytes, fields, i);
            } else if (fields.known(i) == KnownField.HOST && head.target().absolute()) {
                out.put(bytes, run, fields.start(i));
                run = fields.lineEnd(i);
            } else {
                hosted |= fields.known(i) == KnownField.HOST;
            }
        }
        out.put(bytes, run, fields.start(fields.count()));
        if (!hosted) {
            host(head);
        }
        if (head.upgrade().protocol() != null) {
            head.upgrade().write(out, bytes);
        } else if (trailers) {
            out.put(TE_TRAILERS);
        }
        policy.append(out, head, client, id);
        out.put(CRLF);
        return out.toByteBuf(spent, alloc);
    }

    private void requestLine(RequestHead head, @Nullable PathRewrite rewrite) {
        byte[] bytes = head.bytes();
        RequestTarget target = head.target();
        out.put(bytes, head.methodStart(), head.methodEnd());
        out.put((byte) ' ');
        if (rewrite == null) {
            out.put(target.pathBytes(), target.pathStart(), target.queryEnd());
        } else {
            rewrite.write(target, out);
        }
        out.put(VERSION);
    }

    /** Of an absolute-form target, or empty for an HTTP/1.0 client that names no host: HTTP/1.1 wants the field (RFC 9112 §3.2). */
    private void host(RequestHead head) {
        out.put(HOST);
        out.put(head.bytes(), head.target().authorityStart(), head.target().authorityEnd());
        out.put(CRLF);
    }

    /** Of {@code TE} only {@code trailers} survives the hop: this router understands no other coding. */
    private static boolean saysTrailers(byte[] bytes, FieldTable fields, int i) {
        int start = fields.valueStart(i);
        for (int at = start; at + TRAILERS.length <= fields.valueEnd(i); at++) {
            boolean word = at == start || bytes[at - 1] == ',' || Octets.isBlank(bytes[at - 1]);
            int end = at + TRAILERS.length;
            boolean ends = end == fields.valueEnd(i) || bytes[end] == ',' || Octets.isBlank(bytes[end]);
            if (word && ends && Octets.equalsIgnoreCase(bytes, at, end, TRAILERS)) {
                return true;
            }
        }
        return false;
    }
}
