package io.evenkeel.proxy.tcp;

import io.evenkeel.proxy.loop.Sockets;
import io.evenkeel.proxy.loop.Transport;
import io.evenkeel.proxy.telemetry.Side;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.unix.UnixChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;

/** One of the two sockets of a relayed connection: what it receives, and how it ends. Event-loop confined. */
final class RelayEnd extends ChannelInboundHandlerAdapter {

    private final TcpConnection connection;
    private final Side side;
    private final RelayReads reads;
    private ChannelHandlerContext context;
    private boolean unflushed;
    private boolean inputEnded;
    private boolean outputEnded;

    @SuppressWarnings("NullAway.Init") // the context comes with handlerAdded, before anything happens
    RelayEnd(TcpConnection connection, Side side, RelayReads reads) {
        this.connection = connection;
        this.side = side;
        this.reads = reads;
    }

    Side side() {
        return side;
    }

    Channel channel() {
        return context.channel();
    }

    /** How its channel reads. */
    RelayReads reads() {
        return reads;
    }

    /** Whether the kernel can move bytes from and to its socket as they are. */
    boolean canSplice() {
        return Transport.canSplice(context.channel()) && context.pipeline().get(SslHandler.class) == null;
    }

    /** The socket's descriptor, where it {@link #canSplice()}; only while the connection has not ended. */
    int descriptor() {
        return ((UnixChannel) context.channel()).fd().intValue();
    }

    /** Whether it has said that it sends no more. */
    boolean inputEnded() {
        return inputEnded;
    }

    /** Whether it has been told that nothing more comes. */
    boolean outputEnded() {
        return outputEnded;
    }

    /** <b>Ownership.</b> Released by the channel. */
    void write(ByteBuf bytes) {
        unflushed = true;
        context.write(bytes, context.voidPromise());
    }

    /** Sends what was written; costs nothing where there is nothing. */
    void flush() {
        if (unflushed) {
            unflushed = false;
            context.flush();
        }
    }

    /** Whether something of what was flushed is still in memory. */
    boolean hasUnwritten() {
        ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
        return buffer != null && !buffer.isEmpty();
    }

    /** Sends what was written, and runs this once the socket has taken all of it; never, if the connection breaks before. */
    void whenWritten(Runnable then) {
        unflushed = false;
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (written.isSuccess()) {
                then.run();
            }
        });
    }

    /** False: what is written now piles up in memory. */
    boolean isWritable() {
        return context.channel().isWritable();
    }

    /** Reads on, or leaves further bytes to the kernel, which tells the other side to wait. */
    void reading(boolean on) {
        if (context.channel().config().isAutoRead() != on) {
            context.channel().config().setAutoRead(on);
        }
    }

    /** Tells the other side, once everything is written, that no more comes; it may go on sending. */
    void endOutput() {
        unflushed = false;
        Sockets.finish(context, this::onOutputShut);
    }

    private void onOutputShut() {
        outputEnded = true;
        connection.onOutputEnded();
    }

    /** Closes at once; what is not written yet is lost. */
    void close() {
        context.close();
    }

    /** Closes at once, in a way that nobody takes for a proper end. */
    void reset() {
        Sockets.reset(context);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        connection.onActive(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        connection.onBytes(this, (ByteBuf) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        connection.onReadComplete(this);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (isWritable()) {
            connection.onWritable(this);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        boolean ends = event instanceof ChannelInputShutdownEvent || event == SslCloseCompletionEvent.SUCCESS;
        if (ends && !inputEnded) {
            inputEnded = true;
            connection.onInputEnded(this);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connection.onClosed(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        connection.onBroken(this, cause);
    }
}
