package io.evenkeel.cli.load;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.ReadTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a {@link Load}: one request at a time.
 *
 * <p><b>Threading.</b> Event-loop confined.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write fails only when its channel has
final class LoadConnection extends SimpleChannelInboundHandler<HttpObject> {

    private final Load load;
    private final Tally tally;
    private final String host;
    private boolean awaiting;
    private long sentNanos;
    private @Nullable HttpResponse response;

    LoadConnection(Load load, Tally tally, String host) {
        this.load = load;
        this.tally = tally;
        this.host = host;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        sendNext(ctx);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
        if (part.decoderResult().isFailure()) {
            fail(ctx, "malformed response");
        } else if (part instanceof HttpResponse head) {
            response = head;
        }
        if (part instanceof LastHttpContent && response != null && awaiting) {
            answered(ctx, response);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (awaiting) {
            awaiting = false;
            tally.failed("connection closed without a response");
        }
        load.ended();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(ctx, cause instanceof ReadTimeoutException ? "no response in time" : String.valueOf(cause.getMessage()));
    }

    private void answered(ChannelHandlerContext ctx, HttpResponse head) {
        awaiting = false;
        if (head.status().equals(HttpResponseStatus.OK)) {
            tally.answered(head.headers().get("X-Vvm", "unnamed"), System.nanoTime() - sentNanos);
        } else {
            tally.failed("status " + head.status().code());
        }
        if (HttpUtil.isKeepAlive(head)) {
            sendNext(ctx);
        } else {
            ctx.close();
        }
    }

    private void sendNext(ChannelHandlerContext ctx) {
        if (!load.take()) {
            ctx.close();
            return;
        }
        HttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/demo", Unpooled.EMPTY_BUFFER);
        request.headers().set(HttpHeaderNames.HOST, host).set(HttpHeaderNames.USER_AGENT, "evenkeel-demo");
        response = null;
        awaiting = true;
        sentNanos = System.nanoTime();
        ctx.writeAndFlush(request);
    }

    private void fail(ChannelHandlerContext ctx, String reason) {
        if (awaiting) {
            awaiting = false;
            tally.failed(reason);
        }
        ctx.close();
    }
}
