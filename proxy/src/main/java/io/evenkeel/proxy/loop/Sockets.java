package io.evenkeel.proxy.loop;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;

/** What all connections of the data plane have in common. */
public final class Sockets {

    public static final ByteBufAllocator ALLOCATOR = PooledByteBufAllocator.DEFAULT;

    /** A connection that holds more than the high mark makes the other side stop reading until it holds less than the low one. */
    public static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    /**
     * How much is asked of the kernel at once, in bytes: never less than a head of usual size, written anew, has room in; more while bodies fill it.
     */
    public static final RecvByteBufAllocator READ_BYTES = new AdaptiveRecvByteBufAllocator(2048, 2048, 64 * 1024);

    private Sockets() {}
}
