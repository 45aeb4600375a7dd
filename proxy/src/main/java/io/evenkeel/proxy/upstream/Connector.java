package io.evenkeel.proxy.upstream;

import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.proxy.loop.Sockets;
import io.evenkeel.proxy.loop.Transport;
import io.evenkeel.proxy.proxyprotocol.Passage;
import io.evenkeel.proxy.proxyprotocol.ProxyHeaderWriter;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.tls.UpstreamTls;
import io.evenkeel.proxy.tls.UpstreamTlsTable;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Opens connections to endpoints on one event loop. Event-loop confined. */
public final class Connector {

    private final EventLoop loop;
    private final Bootstrap bootstrap;
    private final UpstreamTlsTable tls;
    private final TlsFaultLog faults = new TlsFaultLog();
    private final @Nullable Passage client;

    /** One for endpoints that are spoken to in the clear. */
    public Connector(EventLoop loop, Transport transport) {
        this(loop, transport, new UpstreamTlsTable());
    }

    /** @param tls of the upstreams that have it */
    public Connector(EventLoop loop, Transport transport, UpstreamTlsTable tls) {
        this.loop = loop;
        this.tls = tls;
        this.client = null;
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(transport::newChannel)
                .option(ChannelOption.ALLOCATOR, Sockets.ALLOCATOR)
                .option(ChannelOption.RECVBUF_ALLOCATOR, Sockets.READ_BYTES)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, Sockets.WATER_MARK)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true);
    }

    private Connector(Connector like, Passage client) {
        this.loop = like.loop;
        this.tls = like.tls;
        this.client = client;
        this.bootstrap = like.bootstrap;
    }

    /** One that tells endpoints for whom it connects, where their upstream wants the PROXY protocol. */
    Connector speakingFor(Passage passage) {
        return new Connector(this, passage);
    }

    /** The loop it works on. */
    public EventLoop loop() {
        return loop;
    }

    /** Runs this on the event loop: what becomes of a connection that got no socket is told by another thread of Netty's. */
    public void onLoop(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    /** Begins to open a connection in the clear that this handler is to serve. */
    public ChannelFuture connect(InetSocketAddress address, Duration timeout, ChannelHandler handler) {
        return bootstrap(timeout, handler).connect(address);
    }

    /** Opens a connection whose two directions end each for itself, and that reads so. */
    public ChannelFuture connectHalfClosable(
            InetSocketAddress address, Duration timeout, RecvByteBufAllocator reads, ChannelHandler handler) {
        return bootstrap(timeout, handler)
                .option(ChannelOption.RECVBUF_ALLOCATOR, reads)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .connect(address);
    }

    private Bootstrap bootstrap(Duration timeout, ChannelHandler handler) {
        return bootstrap
                .clone()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.max(1, timeout.toMillis()))
                .handler(handler);
    }

    /** Why there is no connection. */
    public static Failure failure(@Nullable Throwable cause) {
        if (cause instanceof ChannelException) {
            return Failure.SOCKET_FAILED; // there was not even a socket
        }
        if (cause instanceof SSLException) {
            return Failure.TLS_FAILED;
        }
        return cause instanceof ConnectTimeoutException ? Failure.CONNECT_TIMEOUT : Failure.CONNECT_FAILED;
    }

    /**
     * Begins to open a connection that this handler is to serve; what is returned succeeds when it can be used, which is after the TLS handshake where the
     * upstream has TLS. {@link #failure} tells what its failure means.
     */
    public Future<?> connect(InetSocketAddress address, UpstreamConfig upstream, ChannelHandler handler) {
        Duration timeout = upstream.timeouts().connect();
        if (!upstream.tls().enabled()) {
            return introduced(connect(address, timeout, handler), upstream);
        }
        UpstreamTls security = tls.of(upstream.name());
        if (security == null) {
            return loop.newFailedFuture(new SSLException("the upstream is leaving"));
        }
        TlsConnecting connecting = new TlsConnecting(security, address, handler, loop);
        Future<?> ready = connecting.watch(introduced(connect(address, timeout, connecting), upstream), loop, timeout);
        return ready.addListener(done -> {
            if (done.cause() instanceof SSLException cause) {
                onLoop(() -> faults.log(upstream.name(), address, cause));
            }
        });
    }

    /** Has the header of the PROXY protocol written before anything else: past all handlers, those of TLS too, and ahead of whoever waits for the connection. */
    private ChannelFuture introduced(ChannelFuture connected, UpstreamConfig upstream) {
        Passage passage = client;
        if (passage == null || upstream.proxyProtocol() == UpstreamConfig.ProxyProtocol.OFF) {
            return connected;
        }
        Channel channel = connected.channel();
        return connected.addListener(done -> {
            ChannelHandlerContext first = channel.pipeline().firstContext();
            if (done.isSuccess() && first != null) {
                var unused = first.writeAndFlush(
                        ProxyHeaderWriter.write(upstream.proxyProtocol(), passage, channel.alloc()));
            }
        });
    }
}
