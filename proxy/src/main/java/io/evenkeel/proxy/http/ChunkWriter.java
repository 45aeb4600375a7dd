package io.evenkeel.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a body in chunks whose length nobody told beforehand. Stateless.
 *
 * <p><b>Spec.</b> RFC 9112 §7.1.
 */
public final class ChunkWriter {

    private static final ByteBuf CRLF = Unpooled.unreleasableBuffer(
            Unpooled.directBuffer(2).writeBytes(Octets.ascii("\r\n")).asReadOnly());
    private static final ByteBuf LAST = Unpooled.unreleasableBuffer(
            Unpooled.directBuffer(5).writeBytes(Octets.ascii("0\r\n\r\n")).asReadOnly());
    private static final ByteBuf LAST_BEFORE_TRAILERS = Unpooled.unreleasableBuffer(
            Unpooled.directBuffer(3).writeBytes(Octets.ascii("0\r\n")).asReadOnly());

    private ChunkWriter() {}

    /**
     * Hands on one chunk; nothing for an empty part, which would end the body.
     *
     * <p><b>Ownership.</b> Takes {@code part}.
     */
    public static void write(ByteBuf part, ByteBufAllocator alloc, Consumer<ByteBuf> sink) {
        if (!part.isReadable()) {
            part.release();
            return;
        }
        sink.accept(ByteBufUtil.writeAscii(alloc, Integer.toHexString(part.readableBytes()) + "\r\n"));
        sink.accept(part);
        sink.accept(CRLF.duplicate());
    }

    /**
     * Hands on what ends the body.
     *
     * <p><b>Ownership.</b> Takes {@code trailers}: field lines and the empty line, or null.
     */
    public static void end(@Nullable ByteBuf trailers, Consumer<ByteBuf> sink) {
        if (trailers == null) {
            sink.accept(LAST.duplicate());
        } else {
            sink.accept(LAST_BEFORE_TRAILERS.duplicate());
            sink.accept(trailers);
        }
    }
}
