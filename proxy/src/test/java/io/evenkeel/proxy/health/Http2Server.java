package io.evenkeel.proxy.health;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Frame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** An HTTP/2 server on the loopback that reads a request and then does as it is told. */
final class Http2Server implements AutoCloseable {

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel listening;

    /** The heads of the requests that came, and their messages in hexadecimal digits. */
    final List<Http2Headers> heads = new CopyOnWriteArrayList<>();

    final List<String> messages = new CopyOnWriteArrayList<>();

    /** What a whole request is answered with. */
    interface Behaviour {
        void answer(ChannelHandlerContext context, Http2FrameStream stream);
    }

    private Http2Server(@Nullable SSLContext tls, Behaviour behaviour) {
        listening = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (tls != null) {
                            channel.pipeline().addLast(encrypted(tls));
                        }
                        channel.pipeline()
                                .addLast(
                                        Http2FrameCodecBuilder.forServer()
                                                .validateHeaders(false)
                                                .build(),
                                        new Requests(behaviour));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    static Http2Server start(Behaviour behaviour) {
        return new Http2Server(null, behaviour);
    }

    /** Speaks TLS with those who offer h2. */
    static Http2Server overTls(SSLContext tls, Behaviour behaviour) {
        return new Http2Server(tls, behaviour);
    }

    private static SslHandler encrypted(SSLContext tls) {
        SSLEngine engine = tls.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        engine.setSSLParameters(parameters);
        return new SslHandler(engine);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    @Override
    public void close() {
        listening.close().syncUninterruptibly();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Requests extends SimpleChannelInboundHandler<Http2Frame> {

        private final Behaviour behaviour;

        Requests(Behaviour behaviour) {
            this.behaviour = behaviour;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, Http2Frame frame) {
            if (frame instanceof Http2HeadersFrame head) {
                heads.add(head.headers());
            } else if (frame instanceof Http2DataFrame data && data.isEndStream()) {
                messages.add(ByteBufUtil.hexDump(data.content()));
                behaviour.answer(context, data.stream());
                context.flush();
            }
        }

        /** Those who ask reset the connection when they have their answer. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
