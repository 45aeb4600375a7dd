package io.evenkeel.lab.load;

import static java.util.Objects.requireNonNull;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection, one request at a time.
 *
 * <p><b>Threading.</b> Event-loop confined. <b>Ownership.</b> Responses are released by the class it extends.
 */
final class LoadConnection extends SimpleChannelInboundHandler<FullHttpResponse> {

    private final SteadyLoad load;
    private final SteadyLoad.Router router;
    private @Nullable Request request;
    private @Nullable Channel channel;
    private boolean used;
    private long idleSince;

    /** The first request is sent when the connection is open. */
    LoadConnection(SteadyLoad load, Request first) {
        this.load = load;
        router = first.router;
        request = first;
        first.connection = this;
    }

    void send(Request next) {
        request = next;
        next.connection = this;
        Channel open = requireNonNull(channel);
        open.writeAndFlush(next.kind.message(router.address()), open.voidPromise());
    }

    /** When it was last answered, as {@link System#nanoTime()} counts. */
    long idleSince() {
        return idleSince;
    }

    void close() {
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        Request first = requireNonNull(request);
        if (first.isOver()) {
            close();
        } else {
            send(first);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
        Request answered = request;
        if (answered == null) {
            context.close(); // nobody asked
            return;
        }
        request = null;
        used = true;
        idleSince = System.nanoTime();
        int status = response.status().code();
        String vvm = response.headers().get("x-vvm", "");
        boolean torn = response.decoderResult().isFailure();
        answered.end(status, torn ? "torn answer" : status == 200 ? "" : "status " + status, vvm);
        if (HttpUtil.isKeepAlive(response) && !torn) {
            load.onIdle(this, router);
        } else {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        load.onClosed(this, router);
        if (request != null) {
            request.end(0, used ? "kept connection closed" : "connection closed", "");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (request != null) {
            request.end(0, "connection broke", "");
        }
        context.close();
    }
}
