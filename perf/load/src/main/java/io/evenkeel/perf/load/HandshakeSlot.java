package io.evenkeel.perf.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.internal.tcnative.SSL;
import java.io.IOException;

/** One connection after the other: handshake, request, whole response, close by the server. Event-loop confined. */
final class HandshakeSlot {

    private final int slot;
    private final HandshakeClient client;
    private final MeasureHandshakes run;
    private boolean first = true;

    HandshakeSlot(int slot, HandshakeClient client, MeasureHandshakes run) {
        this.slot = slot;
        this.client = client;
        this.run = run;
    }

    int number() {
        return slot;
    }

    void open() {
        client.open(slot, this);
    }

    ChannelHandler connection() {
        return new Connection();
    }

    void onFailure(Throwable cause) {
        run.onEnd(this, 0, cause);
    }

    private final class Connection extends ChannelInboundHandlerAdapter {

        private final ResponseScanner scanner = new ResponseScanner();
        private long bodyBytes = -1;
        private Throwable cause = new IOException("closed before the whole answer was there");

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
                return;
            }
            if (!handshake.isSuccess()) {
                cause = handshake.cause();
                context.close();
                return;
            }
            SslHandler tls = context.pipeline().get(SslHandler.class);
            boolean reused = SSL.isSessionReused(((ReferenceCountedOpenSslEngine) tls.engine()).sslPointer());
            if (reused != (client.resumed() && !first)) {
                cause = new IOException(reused ? "resumed" : "not resumed");
                context.close();
                first = !reused;
                return;
            }
            first = false;
            context.writeAndFlush(client.request());
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf in = (ByteBuf) message;
            try {
                if (scanner.completes(in)) {
                    bodyBytes = scanner.success() ? scanner.bodyBytes() : -1;
                }
            } finally {
                in.release();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
            cause = thrown;
            context.close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (bodyBytes >= 0) {
                run.onEnd(HandshakeSlot.this, bodyBytes, null);
            } else {
                onFailure(cause);
            }
        }
    }
}
