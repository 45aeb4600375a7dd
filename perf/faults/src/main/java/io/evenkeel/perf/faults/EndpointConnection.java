package io.evenkeel.perf.faults;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a {@link FaultyEndpoint}, one request at a time.
 *
 * <p>Threading: event-loop confined. Ownership: releases every buffer it reads.
 */
final class EndpointConnection extends ChannelInboundHandlerAdapter {

    /** Between a first part of a response and the reset, so that the part arrives: a reset overtakes what is not yet read. */
    private static final long PART_MILLIS = 2;

    private final FaultyEndpoint endpoint;
    private final MessageScanner scanner = MessageScanner.ofRequests();
    private @Nullable Channel channel;
    private boolean counted;
    private boolean unsafe;
    private boolean answering;

    EndpointConnection(FaultyEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Whether a request that was received has no answer yet. */
    boolean isAnswering() {
        return counted || answering;
    }

    /** Whether it may not be repeated. */
    boolean isAnsweringUnsafe() {
        return isAnswering() && unsafe;
    }

    /** Whether it reads from now on. */
    void hear(boolean on) {
        if (channel().isOpen()) {
            channel().config().setAutoRead(on);
        }
    }

    /** Ends it with RST. */
    void reset() {
        if (channel().isOpen()) {
            channel().config().setOption(ChannelOption.SO_LINGER, 0);
            channel().close();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        endpoint.opened(this);
        if (endpoint.mode() == Mode.RESET_ON_ACCEPT) {
            reset();
        } else if (endpoint.mode() == Mode.DEAF) {
            hear(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            read(in);
        } finally {
            in.release();
        }
    }

    private void read(ByteBuf in) {
        boolean complete = scanner.completes(in);
        if (scanner.hasHead() && !counted) {
            onHead();
        }
        if (complete && channel().isOpen()) {
            if (in.isReadable()) {
                throw new IllegalStateException("a second request before the first was answered");
            }
            counted = false;
            answering = true;
            onRequest();
        }
    }

    private void onHead() {
        counted = true;
        unsafe = scanner.startsWith("post");
        if (!isCheck()) {
            endpoint.received(unsafe);
        }
        if (endpoint.mode() == Mode.RESET_AFTER_HEAD) {
            reset();
        } else if (endpoint.mode() == Mode.EARLY && unsafe) {
            channel().writeAndFlush(Responses.ok()).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void onRequest() {
        boolean check = isCheck();
        scanner.reset();
        if (endpoint.mode().isMute()) {
            return;
        }
        if (check && endpoint.mode() != Mode.SLOW) {
            answer();
        } else {
            endpoint.workers().work(this::answer);
        }
    }

    private boolean isCheck() {
        return scanner.startsWith("get /health") || scanner.startsWith("head /health");
    }

    private void answer() {
        if (!channel().isActive() || endpoint.mode().isMute()) {
            return;
        }
        answering = false;
        switch (endpoint.mode()) {
            case RESET_AFTER_HEAD, RESET_ON_ACCEPT -> reset();
            case RESET_IN_HEAD -> sendAndReset(Responses.ok().slice(0, Responses.HEAD_BYTES / 2));
            case RESET_IN_BODY ->
                sendAndReset(Responses.ok().slice(0, Responses.HEAD_BYTES + Responses.BODY_BYTES / 2));
            case GARBAGE -> channel().writeAndFlush(Responses.garbage());
            case TOO_LONG -> channel().writeAndFlush(Responses.tooLong());
            case TOO_SHORT -> channel().writeAndFlush(Responses.tooShort()).addListener(ChannelFutureListener.CLOSE);
            case BUSY -> channel().writeAndFlush(Responses.busy());
            default -> channel().writeAndFlush(Responses.ok());
        }
    }

    private void sendAndReset(ByteBuf part) {
        channel().writeAndFlush(part);
        channel().eventLoop().schedule(this::reset, PART_MILLIS, TimeUnit.MILLISECONDS);
    }

    private Channel channel() {
        return requireNonNull(channel);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        endpoint.lost(this);
    }
}
