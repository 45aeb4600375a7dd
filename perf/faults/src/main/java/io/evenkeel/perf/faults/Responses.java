package io.evenkeel.perf.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** What endpoints answer. Ownership: every buffer given out is the caller's to release. */
final class Responses {

    /** Content of a good answer, bytes: a small page. */
    static final int BODY_BYTES = 1024;

    private static final String HEAD = head("200 OK", "", BODY_BYTES);

    /** Length of a good answer's head, bytes. */
    static final int HEAD_BYTES = HEAD.length();

    private static final ByteBuf OK = make(HEAD, BODY_BYTES);
    private static final ByteBuf TOO_LONG = make(head("200 OK", "", BODY_BYTES), BODY_BYTES + 10);
    private static final ByteBuf TOO_SHORT = make(head("200 OK", "", BODY_BYTES), BODY_BYTES - 10);
    private static final ByteBuf BUSY = make(head("503 Service Unavailable", "Retry-After: 1\r\n", 10), 10);
    private static final ByteBuf GARBAGE = make("\u0016\u0003\u0001\u0000 this is no HTTP\r\n\r\n", 100);

    private Responses() {}

    static ByteBuf ok() {
        return OK.retainedDuplicate();
    }

    /** More content than announced. */
    static ByteBuf tooLong() {
        return TOO_LONG.retainedDuplicate();
    }

    /** Less content than announced. */
    static ByteBuf tooShort() {
        return TOO_SHORT.retainedDuplicate();
    }

    static ByteBuf busy() {
        return BUSY.retainedDuplicate();
    }

    static ByteBuf garbage() {
        return GARBAGE.retainedDuplicate();
    }

    private static String head(String status, String fields, int length) {
        return "HTTP/1.1 " + status + "\r\n" + fields + "Content-Type: text/plain\r\nContent-Length: " + length
                + "\r\n\r\n";
    }

    private static ByteBuf make(String head, int bodyBytes) {
        ByteBuf all = Unpooled.directBuffer(head.length() + bodyBytes);
        all.writeCharSequence(head, ISO_8859_1);
        Pattern.write(all, bodyBytes);
        return Unpooled.unreleasableBuffer(all.asReadOnly());
    }
}
