package io.evenkeel.proxy.upstream;

import io.evenkeel.proxy.loop.Sockets;
import io.evenkeel.proxy.telemetry.Failure;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1 connection to an endpoint. It has one user at a time, or none while it idles in its pool; whatever it receives then makes it unfit, because
 * nobody asked (RFC 9112 §9.2). Event-loop confined.
 */
final class Http1Connection extends ChannelInboundHandlerAdapter implements TurnableConnection {

    private final Http1Pool pool;
    private final long retireAtNanos;
    private ChannelHandlerContext context;
    private @Nullable UpstreamUser user;
    private long idleSinceNanos;
    private boolean established;
    private boolean reused;
    private boolean broken;
    private boolean turned;
    /** Whether its end counts for nothing, because TLS has not announced it. */
    private boolean unannounced;

    @Nullable
    Http1Connection previousLent;

    @Nullable
    Http1Connection nextLent;

    /** @param retireAtNanos from when on it is not used again */
    @SuppressWarnings("NullAway.Init") // the context comes with handlerAdded, before anybody sees this object
    Http1Connection(Http1Pool pool, long retireAtNanos) {
        this.pool = pool;
        this.retireAtNanos = retireAtNanos;
    }

    void lend(UpstreamUser to) {
        user = to;
        pool.lent().add(this);
        to.onAcquired(this);
    }

    private @Nullable UpstreamUser takeBack() {
        UpstreamUser last = user;
        if (last != null) {
            user = null;
            pool.lent().remove(this);
        }
        return last;
    }

    /** Tells the user to give the connection up. */
    void interrupt(Failure failure) {
        if (user != null) {
            user.onInterrupted(failure);
        }
    }

    @Override
    public void recycle() {
        takeBack();
        reused = true;
        pool.recycle(this);
    }

    @Override
    public void discard() {
        takeBack();
        context.close();
    }

    @Override
    public void turnOver(UpstreamUser to) {
        user = to;
        turned = true;
        context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }

    @Override
    public void finish(Runnable told) {
        Sockets.finish(context, told);
    }

    @Override
    public void reset() {
        takeBack();
        Sockets.reset(context);
    }

    /** Tells the user, if there is one. */
    void onEndpointUnfit() {
        if (user != null) {
            user.onEndpointUnfit();
        }
    }

    @Override
    public void writeHead(ByteBuf head) {
        write(head);
    }

    @Override
    public void end(@Nullable ByteBuf trailers) {
        ReferenceCountUtil.release(trailers);
    }

    @Override
    public void write(ByteBuf bytes) {
        context.write(bytes, context.voidPromise());
    }

    @Override
    public void flush() {
        context.flush();
    }

    @Override
    public boolean isWritable() {
        return context.channel().isWritable();
    }

    @Override
    public void reading(boolean on) {
        if (context.channel().config().isAutoRead() != on) {
            context.channel().config().setAutoRead(on);
        }
    }

    @Override
    public boolean reused() {
        return reused;
    }

    /** Tells the connection that it is connected; one that never was is not counted when it closes. */
    void onEstablished() {
        established = true;
    }

    boolean established() {
        return established;
    }

    long retireAtNanos() {
        return retireAtNanos;
    }

    long idleSinceNanos() {
        return idleSinceNanos;
    }

    void idleSince(long nanos) {
        idleSinceNanos = nanos;
    }

    Channel channel() {
        return context.channel();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
        this.unannounced = context.pipeline().get(SslHandler.class) != null;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (user == null) {
            bytes.release();
            context.close();
        } else {
            user.onUpstreamBytes(bytes);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (user != null) {
            user.onUpstreamReadComplete();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (user != null && context.channel().isWritable()) {
            user.onUpstreamWritable();
        }
    }

    /**
     * An endpoint that ends its side of TLS has ended the connection; without that word its end may be anybody's (RFC 9112 §9.8). Only where the connection was
     * turned over may an endpoint end its sending alone.
     */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        boolean said = event instanceof SslCloseCompletionEvent completion && completion.isSuccess();
        unannounced &= !said;
        if (turned && user != null && (said || event instanceof ChannelInputShutdownEvent)) {
            user.onUpstreamEnd(null);
        } else if (said) {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        pool.onClosed(this);
        UpstreamUser last = takeBack();
        if (last != null) {
            last.onUpstreamClosed(broken || unannounced);
        }
    }

    /** Every fault of a connection ends it; the close that follows tells the user. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        broken = true;
        context.close();
    }
}
