package io.evenkeel.perf.faults;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection, one request at a time.
 *
 * <p>Threading: event-loop confined. Ownership: releases every buffer it reads.
 */
final class LoadConnection extends ChannelInboundHandlerAdapter {

    private final OpenLoop load;
    private final MessageScanner scanner = MessageScanner.ofResponses();
    private @Nullable Request request;
    private @Nullable Channel channel;

    /** The first request is sent when the connection is open. */
    LoadConnection(OpenLoop load, Request first) {
        this.load = load;
        request = first;
        first.connection = this;
    }

    /** Sends a request; the connection is idle. */
    void send(Request next) {
        request = next;
        next.connection = this;
        Channel open = requireNonNull(channel);
        open.writeAndFlush(load.octets(next), open.voidPromise());
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
        if (first.ending == null) {
            send(first);
        } else {
            close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            if (request == null) {
                throw new IllegalStateException("octets that nobody asked for");
            }
            boolean complete = scanner.completes(in);
            if (scanner.hasHead()) {
                request.status = scanner.status();
            }
            if (complete) {
                answered(request, in.isReadable());
            }
        } finally {
            in.release();
        }
    }

    private void answered(Request answered, boolean more) {
        if (more) {
            throw new IllegalStateException("octets after the end of a response");
        }
        Ending ending = ending();
        request = null;
        boolean closes = scanner.closes();
        scanner.reset();
        if (closes) {
            load.end(answered, ending);
            close();
        } else {
            load.onAnswer(this, answered, ending);
        }
    }

    private Ending ending() {
        return switch (scanner.status()) {
            case 200 -> Ending.OK;
            case 429, 503 -> scanner.has("retry-after:") ? Ending.SHED : Ending.REFUSED;
            default -> Ending.REFUSED;
        };
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (request != null && !(cause instanceof IOException)) {
            load.end(request, Ending.WRONG);
        }
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        load.onLost(this, request);
    }
}
