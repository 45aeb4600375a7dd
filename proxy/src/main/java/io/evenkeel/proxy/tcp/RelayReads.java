package io.evenkeel.proxy.tcp;

import io.evenkeel.proxy.loop.Sockets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * How much of a relayed connection's bytes is read into memory at once: as much as there is, or, where they go from socket to socket past it, only the first few.
 * One for each channel. Event-loop confined.
 */
final class RelayReads implements RecvByteBufAllocator {

    /** Netty tells of bytes only by reading some. */
    private static final int FEW = 4 * 1024;

    private boolean few;

    /** From the next read on. */
    void few(boolean only) {
        few = only;
    }

    @Override
    public ExtendedHandle newHandle() {
        return new Reads((ExtendedHandle) Sockets.READ_BYTES.newHandle());
    }

    private final class Reads extends DelegatingHandle implements ExtendedHandle {

        private boolean first;

        Reads(ExtendedHandle handle) {
            super(handle);
        }

        @Override
        public void reset(ChannelConfig config) {
            first = true;
            super.reset(config);
        }

        /** Behind the first few come more only where the peer has ended: then Netty reads all that is left. */
        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            boolean begins = first;
            first = false;
            return few && begins ? allocator.ioBuffer(FEW, FEW) : super.allocate(allocator);
        }

        @Override
        public boolean continueReading() {
            return !few && super.continueReading();
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            return !few && ((ExtendedHandle) delegate()).continueReading(maybeMore);
        }
    }
}
