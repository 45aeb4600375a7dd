package io.evenkeel.proxy.tls;

import io.evenkeel.proxy.loop.PromptReads;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import javax.net.ssl.SSLEngine;

/** Netty's TLS, on this project's terms with the kernel: reads are prompt, because it asks for the next one itself. Event-loop confined. */
final class TlsHandler extends SslHandler {

    TlsHandler(SSLEngine engine) {
        super(engine);
        setHandshakeTimeoutMillis(0); // whoever made the connection has a deadline for all of it
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) throws Exception {
        PromptReads.expect(context.channel());
        super.handlerAdded(context);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        PromptReads.expect(context.channel());
        super.channelReadComplete(context);
    }
}
