package io.evenkeel.cli.vvm;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client connection of a VVM: reads a request to its end, counting the body, then answers it, then reads the next.
 *
 * <p><b>Threading.</b> Event-loop confined.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write fails only when its channel has
final class VvmHandler extends SimpleChannelInboundHandler<HttpObject> {

    private final String vvm;
    private @Nullable HttpRequest request;
    private long bodyBytes;
    private boolean answering;
    private @Nullable Future<?> delayed;
    private @Nullable Filler filler;

    VvmHandler(String vvm) {
        this.vvm = vvm;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.read();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
        if (part.decoderResult().isFailure()) {
            refuse(ctx);
            return;
        }
        if (part instanceof HttpRequest head) {
            begin(ctx, head);
        }
        if (part instanceof HttpContent content) {
            bodyBytes += content.content().readableBytes();
        }
        if (part instanceof LastHttpContent && request != null) {
            answering = true;
            answer(ctx, request);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!answering) {
            ctx.read();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable() && filler != null && request != null) {
            pump(ctx, request, filler);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent) {
            ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        filler = null;
        if (delayed != null) {
            delayed.cancel(false);
        }
    }

    /** A client that went away, most often; there is nobody left to tell. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest head) {
        request = head;
        bodyBytes = 0;
        if (HttpUtil.is100ContinueExpected(head)) {
            ctx.writeAndFlush(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
    }

    private void answer(ChannelHandlerContext ctx, HttpRequest request) {
        Knobs knobs;
        try {
            knobs = Knobs.of(new QueryStringDecoder(request.uri()));
        } catch (IllegalArgumentException e) {
            send(ctx, request, Reply.text(400, String.valueOf(e.getMessage()), ctx.alloc()));
            return;
        }
        if (knobs.delayMillis() == 0) {
            send(ctx, request, reply(ctx.channel(), request, knobs));
        } else {
            delayed = ctx.executor()
                    .schedule(
                            () -> send(ctx, request, reply(ctx.channel(), request, knobs)),
                            knobs.delayMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    private Reply reply(Channel channel, HttpRequest request, Knobs knobs) {
        InetSocketAddress client = (InetSocketAddress) channel.remoteAddress();
        String address = client.getAddress().getHostAddress() + ":" + client.getPort();
        return Reply.to(request, bodyBytes, knobs, vvm, address, channel.alloc());
    }

    private void send(ChannelHandlerContext ctx, HttpRequest request, Reply reply) {
        delayed = null;
        HttpResponse head = reply.head(vvm);
        HttpUtil.setKeepAlive(head.headers(), request.protocolVersion(), HttpUtil.isKeepAlive(request));
        ctx.write(head);
        if (bodiless(request, reply.status())) {
            reply.body().release();
            pump(ctx, request, new Filler(0));
        } else {
            ctx.write(new DefaultHttpContent(reply.body()));
            pump(ctx, request, new Filler(reply.fillerBytes()));
        }
    }

    private void pump(ChannelHandlerContext ctx, HttpRequest request, Filler body) {
        filler = body;
        if (!body.pump(ctx)) {
            ctx.flush();
            return;
        }
        filler = null;
        ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
                .addListener(HttpUtil.isKeepAlive(request) ? sent -> next(ctx) : ChannelFutureListener.CLOSE);
    }

    private void next(ChannelHandlerContext ctx) {
        answering = false;
        ctx.read();
    }

    private void refuse(ChannelHandlerContext ctx) {
        answering = true;
        HttpResponse head = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST);
        HttpUtil.setKeepAlive(head, false);
        HttpUtil.setContentLength(head, 0);
        ctx.writeAndFlush(head).addListener(ChannelFutureListener.CLOSE);
    }

    /** Whether the response has no body whatever its head says; Spec: RFC 9112 §6.3. */
    private static boolean bodiless(HttpRequest request, int status) {
        return request.method().equals(HttpMethod.HEAD) || status == 204 || status == 205 || status == 304;
    }
}
