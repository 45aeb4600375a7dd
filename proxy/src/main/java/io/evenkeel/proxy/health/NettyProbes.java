package io.evenkeel.proxy.health;

import io.evenkeel.balancer.health.HealthProbe;
import io.evenkeel.balancer.health.HealthProbes;
import io.evenkeel.config.HealthCheckConfig;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/** Probes over TCP and HTTP, all on one event loop that does nothing else. Any thread. */
public final class NettyProbes implements HealthProbes, AutoCloseable {

    private static final long CLOSE_SECONDS = 5;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("evenkeel-health", true), NioIoHandler.newFactory());

    @Override
    public HealthProbe probe(HealthCheckConfig config) {
        Bootstrap bootstrap =
                new Bootstrap().group(group).channel(NioSocketChannel.class).option(ChannelOption.TCP_NODELAY, true);
        return config.http().isPresent()
                ? new HttpProbe(bootstrap, new HttpCheck(config.http().get()))
                : new TcpProbe(bootstrap);
    }

    /** Ends the checks under way, unanswered. */
    @Override
    public void close() {
        group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
