package io.evenkeel.proxy.tls;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.RouterFixture;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** That a connection over TLS ends on the wire too, for clients that answer a close_notify and then wait. */
@Timeout(60)
final class CloseIT {

    /** On io_uring, one that stays open where the answer meets the close stays open for good: soon none of them ends. */
    private static final int CONNECTIONS = 500;

    private static final int AT_A_TIME = 16;

    private final AtomicInteger begun = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(CONNECTIONS);

    @Test
    void afterItsCloseNotifyTheRouterClosesTheConnectionToo(@TempDir Path folder) throws Exception {
        Pki.write(folder, "a", Pki.issue("a.test"));
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (RouterFixture router = TlsRouter.start("tls: { directory: \"%s\" }".formatted(folder))) {
            SslContext tls = SslContextBuilder.forClient()
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .endpointIdentificationAlgorithm(null)
                    .build();
            Bootstrap client = new Bootstrap().group(group).channel(NioSocketChannel.class);
            for (int i = 0; i < AT_A_TIME; i++) {
                next(client, tls, router.address());
            }
            assertThat(ended.await(30, SECONDS))
                    .as("still open: %d", ended.getCount())
                    .isTrue();
        } finally {
            group.shutdownGracefully(0, 1, SECONDS).sync();
        }
    }

    private void next(Bootstrap client, SslContext tls, InetSocketAddress router) {
        if (begun.getAndIncrement() >= CONNECTIONS) {
            return;
        }
        client.clone()
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(tls.newHandler(channel.alloc()), new Visit());
                    }
                })
                .connect(router)
                .addListener(connected -> assertThat(connected.isSuccess()).isTrue())
                .channel()
                .closeFuture()
                .addListener(closed -> next(client, tls, router));
    }

    /** One request; it does not close. */
    private final class Visit extends ChannelInboundHandlerAdapter {

        private int octets;

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == SslHandshakeCompletionEvent.SUCCESS) {
                context.writeAndFlush(Unpooled.copiedBuffer(
                        "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n", StandardCharsets.US_ASCII));
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            octets += ((ByteBuf) message).readableBytes();
            ((ByteBuf) message).release();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (octets > 0) {
                ended.countDown();
            }
        }
    }
}
