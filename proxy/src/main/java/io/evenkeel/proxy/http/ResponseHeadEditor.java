package io.evenkeel.proxy.http;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Makes a response head fit for the client. A head that needs no change stays the octets it is; one that grows no longer is rewritten in place,
 * flush with the body behind it, so that both still leave in one write; only one that grows gets a buffer of its own. Event-loop confined.
 *
 * <p><b>Spec.</b> RFC 9110 §7.6.1, §6.6.1 (Date); RFC 9112 §9.6 (close).
 */
public final class ResponseHeadEditor {

    private static final byte[] VERSION = Octets.ascii("HTTP/1.1");
    private static final byte[] CLOSE = Octets.ascii("Connection: close\r\n");
    private static final byte[] KEEP_ALIVE = Octets.ascii("Connection: keep-alive\r\n");
    private static final byte[] UPGRADE = Octets.ascii("Connection: Upgrade\r\n");
    private static final byte[] CRLF = Octets.ascii("\r\n");

    private final HeadBuffer out = new HeadBuffer();
    private final HttpDate date;

    public ResponseHeadEditor(HttpDate date) {
        this.date = date;
    }

    /** What the client is told about the connection. */
    public enum Persistence {
        /** An HTTP/1.1 client takes it for granted that the connection stays. */
        IMPLICIT,
        /** An HTTP/1.0 client that asked for it is told that the connection stays. */
        KEEP_ALIVE,
        CLOSE,
        /** It is used for another protocol from now on. */
        UPGRADE
    }

    /**
     * Edits the head that starts at the reader index of {@code in}. Where the edited head stands in {@code in} again, the reader index points to it
     * afterwards; otherwise it points behind the head and the new head is returned.
     *
     * @param in nobody else's: it is written to
     * @return a new buffer, the caller's to release, or null
     */
    public @Nullable ByteBuf edit(ByteBuf in, ResponseHead head, Persistence persistence) {
        if (persistence == Persistence.UPGRADE) {
            head.keepUpgrade();
        }
        if (!changes(head, persistence)) {
            return null;
        }
        write(head, persistence);
        int end = in.readerIndex() + head.length();
        if (out.length() <= head.length()) {
            in.readerIndex(end - out.length());
            in.setBytes(end - out.length(), out.bytes(), 0, out.length());
            return null;
        }
        in.readerIndex(end);
        return out.toByteBuf(in.alloc());
    }

    private boolean changes(ResponseHead head, Persistence persistence) {
        if (head.added() > 0
                || persistence != Persistence.IMPLICIT
                || head.http10()
                || (!head.dated() && !head.interim())) {
            return true;
        }
        for (int i = 0; i < head.fields().count(); i++) {
            if (head.connection.dropped(i)) {
                return true;
            }
        }
        return false;
    }

    private void write(ResponseHead head, Persistence persistence) {
        byte[] bytes = head.bytes();
        FieldTable fields = head.fields();
        out.clear();
        out.put(VERSION);
        int run = VERSION.length;
        for (int i = 0; i < fields.count(); i++) {
            if (head.connection.dropped(i)) {
                out.put(bytes, run, fields.start(i));
                run = fields.lineEnd(i);
            }
        }
        out.put(bytes, run, fields.start(fields.count()));
        if (!head.dated() && !head.interim()) {
            out.put(date.line());
        }
        for (int i = 0; i < head.added(); i++) {
            out.put(head.added(i));
        }
        switch (persistence) {
            case CLOSE -> out.put(CLOSE);
            case KEEP_ALIVE -> out.put(KEEP_ALIVE);
            case UPGRADE -> out.put(UPGRADE);
            default -> {}
        }
        out.put(CRLF);
    }
}
