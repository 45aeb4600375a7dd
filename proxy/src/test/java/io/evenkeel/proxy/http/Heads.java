package io.evenkeel.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** Heads out of text and text out of heads; one character is one octet. */
public final class Heads {

    static final int MAX_BYTES = 64 * 1024;
    static final int MAX_FIELDS = 500;
    /** The defaults of a listener. */
    static final RequestHead.Limits LIMITS = new RequestHead.Limits(16 * 1024, 100, 8 * 1024);

    private Heads() {}

    /** A request head that must be one. */
    public static RequestHead request(String text) {
        RequestHead head = new RequestHead(MAX_BYTES, MAX_FIELDS);
        require(read(head, text, LIMITS), text);
        return head;
    }

    /** A response head that must be one. */
    public static ResponseHead response(String text) {
        ResponseHead head = new ResponseHead(MAX_BYTES, MAX_FIELDS);
        require(read(head, text, MAX_BYTES, MAX_FIELDS), text);
        return head;
    }

    private static void require(HeadVerdict verdict, String text) {
        if (verdict != HeadVerdict.COMPLETE) {
            throw new AssertionError(verdict + ": " + text);
        }
    }

    static HeadVerdict read(RequestHead head, String text, RequestHead.Limits limits) {
        return head.read(Unpooled.wrappedBuffer(octets(text)), limits);
    }

    static HeadVerdict read(ResponseHead head, String text, int maxBytes, int maxFields) {
        return head.read(Unpooled.wrappedBuffer(octets(text)), maxBytes, maxFields);
    }

    public static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    public static String text(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    /** <b>Ownership.</b> The caller releases it. */
    static ByteBuf buffer(String text) {
        byte[] octets = octets(text);
        return ByteBufAllocator.DEFAULT.directBuffer(octets.length + 64).writeBytes(octets);
    }

    /** What is readable in {@code buffer}, which is released. */
    static String drain(ByteBuf buffer) {
        String text = buffer.toString(StandardCharsets.ISO_8859_1);
        buffer.release();
        return text;
    }
}
