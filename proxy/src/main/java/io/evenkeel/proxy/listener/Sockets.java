package io.evenkeel.proxy.listener;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;

/** What all connections of the data plane have in common. */
final class Sockets {

    static final ByteBufAllocator ALLOCATOR = PooledByteBufAllocator.DEFAULT;

    /** A connection that holds more than the high mark makes the other side stop reading until it holds less than the low one. */
    static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    private Sockets() {}
}
