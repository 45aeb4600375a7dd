package io.evenkeel.cli.vvm;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import java.nio.charset.StandardCharsets;

/**
 * A body of any length, written as fast as the client reads it. The bytes are lines of 64 characters that count up
 * within a block, so that a shifted or repeated block shows.
 *
 * <p><b>Threading.</b> Event-loop confined. <b>Ownership.</b> Each write hands over a reference to a shared block.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write fails only when its channel has
final class Filler {

    /** Bytes per write: large enough to be cheap, small enough to keep the outbound buffer low. */
    private static final int BLOCK_BYTES = 16 * 1024;

    private static final int LINE_BYTES = 64;

    private static final ByteBuf BLOCK = Unpooled.unreleasableBuffer(block());

    private long remainingBytes;

    Filler(long bytes) {
        this.remainingBytes = bytes;
    }

    /** Writes while the channel takes it; true when the last byte was written. */
    boolean pump(ChannelHandlerContext ctx) {
        while (remainingBytes > 0 && ctx.channel().isWritable()) {
            int bytes = (int) Math.min(BLOCK_BYTES, remainingBytes);
            remainingBytes -= bytes;
            ctx.write(new DefaultHttpContent(BLOCK.slice(0, bytes)));
        }
        return remainingBytes == 0;
    }

    private static ByteBuf block() {
        ByteBuf block = Unpooled.directBuffer(BLOCK_BYTES);
        for (int line = 0; line < BLOCK_BYTES / LINE_BYTES; line++) {
            String text = String.format("%03d ", line).repeat(LINE_BYTES / 4 - 1) + "---\n";
            block.writeCharSequence(text, StandardCharsets.US_ASCII);
        }
        return block.asReadOnly();
    }
}
