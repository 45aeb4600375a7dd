package io.evenkeel.proxy.upstream;

import io.evenkeel.proxy.loop.Sockets;
import io.evenkeel.proxy.loop.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Opens connections to endpoints on one event loop. Event-loop confined. */
public final class Connector {

    private final EventLoop loop;
    private final Bootstrap bootstrap;

    public Connector(EventLoop loop, Transport transport) {
        this.loop = loop;
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channel(transport.channel())
                .option(ChannelOption.ALLOCATOR, Sockets.ALLOCATOR)
                .option(ChannelOption.RECVBUF_ALLOCATOR, Sockets.READ_BYTES)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, Sockets.WATER_MARK)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true);
    }

    EventLoop loop() {
        return loop;
    }

    /** Runs this on the event loop: what becomes of a connection that got no socket is told by another thread of Netty's. */
    void onLoop(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    ChannelFuture connect(InetSocketAddress address, Duration timeout, ChannelHandler handler) {
        return bootstrap
                .clone()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.max(1, timeout.toMillis()))
                .handler(handler)
                .connect(address);
    }
}
