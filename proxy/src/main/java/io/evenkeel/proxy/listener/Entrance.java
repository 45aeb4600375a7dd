package io.evenkeel.proxy.listener;

import io.evenkeel.proxy.loop.Deadline;
import io.evenkeel.proxy.loop.DeadlineWheel;
import io.evenkeel.proxy.proxyprotocol.HeaderVerdict;
import io.evenkeel.proxy.proxyprotocol.Passage;
import io.evenkeel.proxy.proxyprotocol.ProxyHeader;
import io.evenkeel.proxy.telemetry.Failure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/**
 * Waits for the header of the PROXY protocol in front of a connection, then leaves the connection to the handlers behind it, for which it begins only now.
 * Event-loop confined.
 *
 * <p><b>Ownership.</b> Holds the bytes so far, a header of at most 4 KiB and what one read brings behind it.
 */
final class Entrance extends ChannelInboundHandlerAdapter {

    private final Doorkeeper doorkeeper;
    private final boolean required;
    private final DeadlineWheel deadlines;
    private final Deadline deadline = new Deadline(() -> refuse(Failure.PROXY_HEADER_TIMEOUT));
    private final ProxyHeader header = new ProxyHeader();
    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
    private ChannelHandlerContext context;
    private boolean ended;

    /** What becomes of the connection. */
    interface Doorkeeper {

        /** Adds the handlers of the connection, for whom it is now known to be; their first event will be {@code channelActive}. */
        void admit();

        /** The connection is about to be closed for this reason. */
        void refused(Failure failure);
    }

    /** @param required whether a connection without a header is closed */
    @SuppressWarnings("NullAway.Init") // the context comes with handlerAdded, before anything happens
    Entrance(Doorkeeper doorkeeper, boolean required, DeadlineWheel deadlines) {
        this.doorkeeper = doorkeeper;
        this.required = required;
        this.deadlines = deadlines;
    }

    /** Starts the time that the header may take. */
    void expectWithin(long nanos) {
        deadlines.set(deadline, System.nanoTime() + nanos);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
    }

    /** Nobody is behind yet who could be told. */
    @Override
    public void channelActive(ChannelHandlerContext context) {}

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf more = (ByteBuf) message;
        if (ended) {
            more.release();
            return;
        }
        add(more);
        HeaderVerdict verdict = header.read(bytes);
        switch (verdict) {
            case INCOMPLETE -> {}
            case COMPLETE -> admit();
            case ABSENT -> {
                if (required) {
                    refuse(Failure.MALFORMED_PROXY_HEADER);
                } else {
                    admit();
                }
            }
            case MALFORMED -> refuse(Failure.MALFORMED_PROXY_HEADER);
        }
    }

    /** The pieces of a header are few and small: they are copied into one. */
    private void add(ByteBuf more) {
        if (!bytes.isReadable()) {
            bytes.release();
            bytes = more;
            return;
        }
        ByteBuf all = context.alloc().buffer(bytes.readableBytes() + more.readableBytes());
        all.writeBytes(bytes).writeBytes(more);
        bytes.release();
        more.release();
        bytes = all;
    }

    private void admit() {
        end();
        Passage passage = header.passage();
        if (passage != null) {
            passage.sayOf(context.channel());
        }
        ByteBuf rest = bytes.skipBytes(header.length());
        bytes = Unpooled.EMPTY_BUFFER;
        doorkeeper.admit();
        context.fireChannelActive();
        if (rest.isReadable()) {
            context.fireChannelRead(rest);
        } else {
            rest.release();
        }
        if (!context.isRemoved()) {
            context.pipeline().remove(this);
        }
    }

    private void refuse(Failure failure) {
        if (!ended) {
            end();
            doorkeeper.refused(failure);
            context.close();
        }
    }

    private void end() {
        ended = true;
        deadlines.cancel(deadline);
    }

    /** Nobody behind has read anything yet. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {}

    /** Who ends before the header is there, such as a load balancer that only looks whether this port is open, wants nothing. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end();
        bytes.release();
        bytes = Unpooled.EMPTY_BUFFER;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
