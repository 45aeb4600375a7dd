package io.evenkeel.lab.load;

import io.evenkeel.lab.record.Outcome;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Clients that send at a constant rate, whatever becomes of what they sent: a request takes an idle connection to the router whose turn it is, or opens
 * another. Latencies count from the time each request was due (no coordinated omission). Nothing is sent twice.
 *
 * <p><b>Threading.</b> Everything happens on its event loop, the consumer's calls too. <b>Ownership.</b> Closing it closes all connections.
 */
public final class SteadyLoad implements AutoCloseable {

    /** After which a client gives up: longer than every time-out of the routers. */
    private static final int PATIENCE_SECONDS = 10;

    private static final int CONNECT_MILLIS = 3_000;

    /** For how long a connection may idle and be used again: well below the routers' {@code timeouts.keep-alive}, else both ends race (RFC 9112, 9.5). */
    private static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final int MOST_BODY_BYTES = 64 * 1024;

    private final MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("load", true), NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final Supplier<List<Router>> routers;
    private final Consumer<Outcome> ended;
    private final Mix mix = new Mix();
    private final Map<Router, Deque<LoadConnection>> idle = new HashMap<>();
    private final double intervalNanos;
    private long beginNanos;
    private long beginMillis;
    private long sent;
    private int turn;
    private boolean stopped;

    /**
     * A router.
     *
     * @param from the clients' own address, so that nothing is sent anywhere when that is not there any more
     */
    public record Router(String name, InetSocketAddress address, InetSocketAddress from) {}

    /**
     * One that sends nothing yet.
     *
     * @param routers those to be asked now, in turn; asked before each request
     */
    public SteadyLoad(double perSecond, Supplier<List<Router>> routers, Consumer<Outcome> ended) {
        this.intervalNanos = 1e9 / perSecond;
        this.routers = routers;
        this.ended = ended;
    }

    /** Sends from now on. */
    public void begin() {
        loop.execute(() -> {
            beginNanos = System.nanoTime();
            beginMillis = System.currentTimeMillis();
            sendDue();
        });
    }

    private void sendDue() {
        if (stopped) {
            return;
        }
        long now = System.nanoTime();
        while (due(sent) <= now) {
            send(due(sent));
            sent++;
        }
        loop.schedule(this::sendDue, due(sent) - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private long due(long request) {
        return beginNanos + (long) (request * intervalNanos);
    }

    private void send(long dueNanos) {
        List<Router> open = routers.get();
        idle.keySet().stream().filter(router -> !open.contains(router)).toList().forEach(this::forget);
        if (open.isEmpty()) {
            return;
        }
        Router router = open.get(turn++ % open.size());
        Request request = new Request(this, router, mix.next(), dueNanos);
        loop.schedule(request::giveUp, dueNanos - System.nanoTime() + patienceNanos(), TimeUnit.NANOSECONDS);
        LoadConnection connection = takeIdle(idle.computeIfAbsent(router, one -> new ArrayDeque<>()));
        if (connection == null) {
            open(request);
        } else {
            connection.send(request);
        }
    }

    /** The one used last; those that have idled for too long are closed. */
    private static @Nullable LoadConnection takeIdle(Deque<LoadConnection> connections) {
        long now = System.nanoTime();
        while (!connections.isEmpty() && now - connections.getFirst().idleSince() > KEEP_NANOS) {
            connections.removeFirst().close();
        }
        return connections.pollLast();
    }

    private static long patienceNanos() {
        return TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    }

    /** Who no longer asks a router closes what is idle; what is under way may end. */
    private void forget(Router router) {
        Deque<LoadConnection> connections = idle.remove(router);
        if (connections != null) {
            List.copyOf(connections).forEach(LoadConnection::close);
        }
    }

    private void open(Request request) {
        LoadConnection connection = new LoadConnection(this, request);
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpClientCodec())
                                .addLast(new HttpObjectAggregator(MOST_BODY_BYTES))
                                .addLast(connection);
                    }
                })
                .connect(request.router.address(), request.router.from())
                .addListener(connects -> {
                    if (!connects.isSuccess()) {
                        request.end(0, "no connection", "");
                    }
                });
    }

    /** A connection may take another request. */
    void onIdle(LoadConnection connection, Router router) {
        Deque<LoadConnection> connections = idle.get(router);
        if (connections == null || stopped) {
            connection.close();
        } else {
            connections.add(connection);
        }
    }

    void onClosed(LoadConnection connection, Router router) {
        Deque<LoadConnection> connections = idle.get(router);
        if (connections != null) {
            connections.remove(connection);
        }
    }

    void onEnd(Request request, int status, String failure, String vvm) {
        double millis = (System.nanoTime() - request.dueNanos) / 1e6;
        long due = beginMillis + TimeUnit.NANOSECONDS.toMillis(request.dueNanos - beginNanos);
        ended.accept(new Outcome(due, millis, request.kind.label(), request.router.name(), status, failure, vvm));
    }

    /** Sends nothing more, and waits a moment for what is under way. */
    @Override
    public void close() {
        loop.submit(() -> stopped = true).syncUninterruptibly();
        loop.schedule(() -> List.copyOf(idle.keySet()).forEach(this::forget), 1, TimeUnit.SECONDS)
                .syncUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
