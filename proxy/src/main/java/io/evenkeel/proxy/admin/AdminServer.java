package io.evenkeel.proxy.admin;

import io.evenkeel.config.AdminConfig;
import io.evenkeel.config.HostPort;
import io.evenkeel.proxy.loop.Binding;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The server of the admin endpoints, on one event loop and one worker thread of its own, so that nothing it does is felt by traffic.
 *
 * <p><b>Threading.</b> Any thread but an event loop; {@link #start} and {@link #close} wait.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed start has a better reason to report than how its loop ended
public final class AdminServer implements AutoCloseable {

    private static final long CLOSE_MILLIS = 2_000;

    private final EventLoopGroup loop;
    private final ExecutorService worker;
    private final Channel channel;
    private final AdminPipeline connections;

    private AdminServer(EventLoopGroup loop, ExecutorService worker, Channel channel, AdminPipeline connections) {
        this.loop = loop;
        this.worker = worker;
        this.channel = channel;
        this.connections = connections;
    }

    /**
     * Binds the address.
     *
     * @throws UncheckedIOException with one line that names the address that could not be bound
     */
    public static AdminServer start(AdminConfig config, AdminView view) {
        return start(config, view, AdminLimits.DEFAULT);
    }

    static AdminServer start(AdminConfig config, AdminView view, AdminLimits limits) {
        HostPort address = config.address();
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("evenkeel-admin", true), NioIoHandler.newFactory());
        ExecutorService worker = worker(limits);
        AdminGuard guard = new AdminGuard(isLoopback(address), config);
        AdminContext shared =
                new AdminContext(guard, new AdminPages(view), new EventFeeds(view, limits), worker, limits);
        AdminPipeline pipeline = new AdminPipeline(shared, loop.next());
        try {
            return new AdminServer(loop, worker, bind(address, loop, pipeline), pipeline);
        } catch (UncheckedIOException e) {
            worker.shutdownNow();
            loop.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
            throw e;
        }
    }

    private static ExecutorService worker(AdminLimits limits) {
        return new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(limits.connections()),
                new DefaultThreadFactory("evenkeel-admin-worker", true));
    }

    private static boolean isLoopback(HostPort address) {
        InetSocketAddress resolved = new InetSocketAddress(address.host(), address.port());
        return !resolved.isUnresolved() && resolved.getAddress().isLoopbackAddress();
    }

    private static Channel bind(HostPort address, EventLoopGroup loop, AdminPipeline pipeline) {
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(pipeline)
                .bind(new InetSocketAddress(address.host(), address.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw Binding.failure("admin", address, bound.cause());
        }
        return bound.channel();
    }

    /** The address it is bound to, with the real port. */
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    /** Stops listening and closes every connection. Idempotent. */
    @Override
    public void close() {
        channel.close().awaitUninterruptibly(CLOSE_MILLIS);
        connections.close().awaitUninterruptibly(CLOSE_MILLIS);
        worker.shutdownNow();
        awaitPage();
        loop.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(CLOSE_MILLIS);
    }

    /** What is being answered still needs the loop. */
    private void awaitPage() {
        try {
            var unused = worker.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
