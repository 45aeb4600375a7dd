package io.evenkeel.proxy.exchange;

import io.netty.buffer.ByteBuf;

/** Joins what came in pieces. Only partial heads and requests ahead of their turn are joined, never bodies on their way. */
final class Buffers {

    private Buffers() {}

    /**
     * One buffer with the octets of both.
     *
     * <p><b>Ownership.</b> Takes both, gives one.
     */
    static ByteBuf join(ByteBuf head, ByteBuf tail) {
        if (head.refCnt() == 1 && !head.isReadOnly() && head.maxFastWritableBytes() >= tail.readableBytes()) {
            head.writeBytes(tail);
            tail.release();
            return head;
        }
        ByteBuf joined = head.alloc().directBuffer((head.readableBytes() + tail.readableBytes()) * 2);
        joined.writeBytes(head).writeBytes(tail);
        head.release();
        tail.release();
        return joined;
    }
}
