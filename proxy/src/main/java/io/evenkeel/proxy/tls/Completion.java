package io.evenkeel.proxy.tls;

import io.evenkeel.proxy.http.Handshake;
import io.evenkeel.proxy.telemetry.HandshakeFault;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;

/** Waits behind the TLS handler for the end of the handshake, and makes room for what is spoken then. Event-loop confined. */
final class Completion extends ChannelInboundHandlerAdapter {

    private final Greeting greeting;
    private final SslHandler handler;
    private final ServerCertificate certificate;
    private final String serverName;
    private final boolean requiresCertificate;
    private final long beganMillis = System.currentTimeMillis();

    Completion(
            Greeting greeting,
            SslHandler handler,
            ServerCertificate certificate,
            String serverName,
            boolean requiresCertificate) {
        this.greeting = greeting;
        this.handler = handler;
        this.certificate = certificate;
        this.serverName = serverName;
        this.requiresCertificate = requiresCertificate;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent completion) {
            if (completion.isSuccess()) {
                begin(context);
            } else {
                greeting.fail(HandshakeFaults.of(completion.cause()));
            }
        } else if (event instanceof ChannelInputShutdownEvent) {
            greeting.fail(HandshakeFault.CLIENT_CLOSED);
            context.close();
        }
    }

    private void begin(ChannelHandlerContext context) {
        byte[] subject = Subjects.of(handler.engine().getSession());
        if (subject == null && requiresCertificate) {
            greeting.fail(HandshakeFault.CLIENT_CERTIFICATE);
            context.close();
            return;
        }
        greeting.succeed(handler.engine().getSession().getProtocol(), Sessions.resumed(handler.engine(), beganMillis));
        String protocol = handler.applicationProtocol();
        greeting.secured()
                .begin(new Handshake(protocol == null ? "" : protocol, serverName, certificate.names(), subject));
        context.fireChannelActive();
        context.pipeline().remove(this);
    }

    /** Nothing is decrypted before the handshake is done. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {}

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        greeting.fail(HandshakeFault.CLIENT_CLOSED);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        greeting.fail(HandshakeFaults.of(cause));
        context.close();
    }
}
