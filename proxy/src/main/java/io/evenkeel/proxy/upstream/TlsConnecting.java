package io.evenkeel.proxy.upstream;

import io.evenkeel.proxy.tls.UpstreamTls;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** A connection to an endpoint that is there when its TLS handshake is done, all of it within the time for connecting. Event-loop confined. */
final class TlsConnecting extends ChannelInitializer<Channel> {

    private final UpstreamTls tls;
    private final InetSocketAddress address;
    private final ChannelHandler handler;
    private final Promise<Channel> ready;

    /** @param handler what speaks the protocol */
    TlsConnecting(UpstreamTls tls, InetSocketAddress address, ChannelHandler handler, EventLoop loop) {
        this.tls = tls;
        this.address = address;
        this.handler = handler;
        this.ready = loop.newPromise();
    }

    @Override
    protected void initChannel(Channel channel) {
        SslHandler first = tls.handler(channel.alloc(), address);
        channel.pipeline().addLast(first, handler);
        first.handshakeFuture().addListener(done -> onHandshake(channel, first, done));
    }

    /** Watches a connection that this is the handler of; what is returned succeeds after its handshake. */
    Future<Channel> watch(ChannelFuture connecting, EventLoop loop, Duration timeout) {
        Future<?> deadline =
                loop.schedule(() -> onDeadline(connecting.channel()), timeout.toNanos(), TimeUnit.NANOSECONDS);
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                ready.tryFailure(done.cause());
            }
        });
        ready.addListener(done -> deadline.cancel(false));
        return ready;
    }

    private void onDeadline(Channel channel) {
        if (ready.tryFailure(new ConnectTimeoutException("no TLS with " + address + " in time"))) {
            channel.close();
        }
    }

    private void onHandshake(Channel channel, SslHandler first, Future<?> done) {
        if (!done.isSuccess()) {
            ready.tryFailure(new SSLException(done.cause()));
        } else if (tls.agreed(first)) {
            ready.trySuccess(channel);
        } else if (ready.tryFailure(new SSLException("the endpoint does not agree on the protocol by ALPN"))) {
            channel.close();
        }
    }
}
