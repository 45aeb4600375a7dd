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
import org.jspecify.annotations.Nullable;

/** Probes over TCP, HTTP, gRPC and CQL, all on one event loop that does nothing else and is there once the first is made. Any thread. */
public final class NettyProbes implements HealthProbes, AutoCloseable {

    private static final long CLOSE_SECONDS = 5;

    /** Guarded by this. */
    private @Nullable EventLoopGroup group;

    @Override
    public HealthProbe probe(HealthCheckConfig config) {
        Bootstrap bootstrap =
                new Bootstrap().group(group()).channel(NioSocketChannel.class).option(ChannelOption.TCP_NODELAY, true);
        return new ConnectionProbe(bootstrap, check(config));
    }

    private static Check check(HealthCheckConfig config) {
        if (config.http().isPresent()) {
            return new HttpCheck(config.http().get());
        }
        if (config.grpc().isPresent()) {
            return new GrpcCheck(config.grpc().get());
        }
        if (config.cql().isPresent()) {
            return new CqlCheck(config.cql().get());
        }
        return new TcpCheck();
    }

    private synchronized EventLoopGroup group() {
        EventLoopGroup loop = group;
        if (loop == null) {
            loop = new MultiThreadIoEventLoopGroup(
                    1, new DefaultThreadFactory("evenkeel-health", true), NioIoHandler.newFactory());
            group = loop;
        }
        return loop;
    }

    /** Ends the checks under way, unanswered. */
    @Override
    public synchronized void close() {
        if (group != null) {
            group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }
}
