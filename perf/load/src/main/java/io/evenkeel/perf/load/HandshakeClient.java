package io.evenkeel.perf.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLException;

/** Opens connections over TLS, one request on each, that begin with a full handshake or with a resumed session. Threading: one event loop. */
final class HandshakeClient {

    /** Connections come from this address and the 15 after it, in turn: more ports than one address has. */
    private static final int FIRST_SOURCE = 40;

    private static final int SOURCES = 16;

    private final Bootstrap bootstrap;
    private final InetSocketAddress to;
    private final SslContext tls;
    private final ByteBuf request;
    private final boolean resumed;

    /** @param version such as {@code TLSv1.3} */
    HandshakeClient(EventLoop loop, InetSocketAddress to, String path, String version, boolean resumed)
            throws SSLException {
        this.bootstrap =
                new Bootstrap().group(loop).channel(EpollSocketChannel.class).option(ChannelOption.TCP_NODELAY, true);
        this.to = to;
        this.resumed = resumed;
        this.tls = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm(null)
                .protocols(version)
                .build();
        this.request = Unpooled.directBuffer();
        request.writeCharSequence(
                "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", US_ASCII);
    }

    boolean resumed() {
        return resumed;
    }

    ByteBuf request() {
        return request.retainedDuplicate();
    }

    /** Opens a connection; sessions are kept by slot. */
    void open(int slot, HandshakeSlot handler) {
        bootstrap
                .clone()
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(encrypted(channel, slot), handler.connection());
                    }
                })
                .connect(to, Loopback.address(FIRST_SOURCE + slot % SOURCES, 0))
                .addListener(connect -> {
                    if (!connect.isSuccess()) {
                        handler.onFailure(connect.cause());
                    }
                });
    }

    /** A session is found again by host and port, which only for that are those of the slot. */
    private SslHandler encrypted(Channel channel, int slot) {
        return resumed ? tls.newHandler(channel.alloc(), "localhost", 1 + slot) : tls.newHandler(channel.alloc());
    }
}
