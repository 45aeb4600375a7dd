package io.evenkeel.proxy.tcp;

import io.evenkeel.proxy.telemetry.Side;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;

/** One of the two sockets of a relayed connection: what it receives, and how it ends. Event-loop confined. */
final class RelayEnd extends ChannelInboundHandlerAdapter {

    private final TcpConnection connection;
    private final Side side;
    private ChannelHandlerContext context;
    private boolean unflushed;
    private boolean inputEnded;
    private boolean outputEnded;

    @SuppressWarnings("NullAway.Init") // the context comes with handlerAdded, before anything happens
    RelayEnd(TcpConnection connection, Side side) {
        this.connection = connection;
        this.side = side;
    }

    Side side() {
        return side;
    }

    Channel channel() {
        return context.channel();
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
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(this::shutOutput);
    }

    /** Over TLS the other side is first told in its own way (RFC 8446 §6.1), or it would have to take the end for an attack. */
    private void shutOutput(Future<?> written) {
        SslHandler tls = context.pipeline().get(SslHandler.class);
        if (tls == null || tls.engine().isOutboundDone()) {
            shutSocket(written);
        } else {
            tls.closeOutbound().addListener(this::shutSocket);
        }
    }

    private void shutSocket(Future<?> written) {
        if (written.isSuccess() && context.channel().isActive()) {
            ((DuplexChannel) context.channel()).shutdownOutput().addListener(this::onOutputShut);
        }
    }

    private void onOutputShut(Future<?> done) {
        outputEnded = true;
        connection.onOutputEnded();
    }

    /** Closes at once; what is not written yet is lost. */
    void close() {
        context.close();
    }

    /** Closes at once, in a way that nobody takes for a proper end. */
    void reset() {
        if (context.channel().isActive()) {
            context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        context.close();
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
