package io.evenkeel.conformance;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Netty's own WebSocket server, which sends every frame back; asked for {@code ?close=CODE}, it closes at once.
 *
 * <p><b>Threading.</b> One event loop; {@link #vias} is read by the test's thread.
 */
final class WebSocketEcho implements AutoCloseable {

    /** More than the longest message of the suite, 16 MiB. */
    private static final int MAX_FRAME_BYTES = 32 << 20;

    /** Longest request head's body, of which there is none. */
    private static final int MAX_HANDSHAKE_BYTES = 8 << 10;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Queue<String> vias = new ConcurrentLinkedQueue<>();
    private final Channel server;

    WebSocketEcho() {
        server = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(MAX_HANDSHAKE_BYTES),
                                        new WebSocketServerProtocolHandler(config()),
                                        new Echo(vias));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** The Via of each handshake, empty where there was none. */
    List<String> vias() {
        return List.copyOf(vias);
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** What was wrong is said by the codec's close frame, so that the handler must not send one of its own. */
    private static WebSocketServerProtocolConfig config() {
        return WebSocketServerProtocolConfig.newBuilder()
                .websocketPath("/")
                .checkStartsWith(true)
                .dropPongFrames(true)
                .sendCloseFrame(null)
                .decoderConfig(WebSocketDecoderConfig.newBuilder()
                        .maxFramePayloadLength(MAX_FRAME_BYTES)
                        .build())
                .build();
    }

    /** Frames as they come: a message in fragments goes back in the same fragments. */
    private static final class Echo extends SimpleChannelInboundHandler<WebSocketFrame> {

        private final Queue<String> vias;

        Echo(Queue<String> vias) {
            this.vias = vias;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof HandshakeComplete handshake) {
                vias.add(handshake.requestHeaders().get(HttpHeaderNames.VIA, ""));
                List<String> code = new QueryStringDecoder(handshake.requestUri())
                        .parameters()
                        .getOrDefault("close", List.of());
                if (!code.isEmpty()) {
                    close(context, Integer.parseInt(code.get(0)));
                }
            }
        }

        private static void close(ChannelHandlerContext context, int code) {
            ChannelPipeline pipeline = context.pipeline();
            String codec =
                    pipeline.context(WebSocketServerProtocolHandler.class).name();
            pipeline.addBefore(codec, null, new Closing());
            context.writeAndFlush(new CloseWebSocketFrame(code, "as asked"));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            context.writeAndFlush(frame.retain());
        }

        /** The codec has answered with a close frame already. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {}
    }

    /** Netty would answer the answer to its own close frame with another one. */
    private static final class Closing extends SimpleChannelInboundHandler<CloseWebSocketFrame> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, CloseWebSocketFrame answer) {
            context.close();
        }
    }
}
