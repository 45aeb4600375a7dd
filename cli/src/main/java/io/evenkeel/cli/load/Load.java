package io.evenkeel.cli.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * So many GET requests over so many keep-alive connections, each connection sending its next request when the last one
 * was answered. A closed loop: it shows the spread and that all is well, not what the router can bear.
 *
 * <p><b>Threading.</b> {@link #run} may be called from any thread but an event loop; the rest is confined to one loop.
 */
public final class Load {

    /** Seconds after which an unanswered request counts as an error. */
    private static final int RESPONSE_SECONDS = 10;

    private final InetSocketAddress target;
    private final Tally tally = new Tally();
    private final CountDownLatch finished;
    private final Bootstrap bootstrap;
    private int unsent;

    private Load(InetSocketAddress target, int requests, int connections, EventLoopGroup loop) {
        this.target = target;
        this.unsent = requests;
        this.finished = new CountDownLatch(connections);
        this.bootstrap = bootstrap(loop);
    }

    /**
     * Sends the requests and waits for the last answer.
     *
     * @param requests at least 1
     * @param connections at least 1
     */
    public static LoadReport run(InetSocketAddress target, int requests, int connections) throws InterruptedException {
        EventLoopGroup loop =
                new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("load", true), NioIoHandler.newFactory());
        try {
            Load load = new Load(target, requests, Math.min(connections, requests), loop);
            long begin = System.nanoTime();
            load.start();
            load.finished.await();
            return load.tally.report(System.nanoTime() - begin);
        } finally {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    private void start() {
        for (long i = finished.getCount(); i > 0; i--) {
            connect();
        }
    }

    /** Opens a connection. One that cannot be opened costs a request, so that this ends whatever happens. */
    private void connect() {
        bootstrap.connect(target).addListener(outcome -> {
            if (!outcome.isSuccess()) {
                if (take()) {
                    tally.failed("cannot connect");
                }
                ended();
            }
        });
    }

    /** A connection ended: another takes its place while there is something to send. */
    void ended() {
        if (unsent > 0) {
            connect();
        } else {
            finished.countDown();
        }
    }

    /** Takes one of the requests that are still to be sent; false when there is none. */
    boolean take() {
        if (unsent == 0) {
            return false;
        }
        unsent--;
        return true;
    }

    private Bootstrap bootstrap(EventLoopGroup loop) {
        String host = target.getHostString() + ":" + target.getPort();
        return new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new ReadTimeoutHandler(RESPONSE_SECONDS))
                                .addLast(new HttpClientCodec())
                                .addLast(new LoadConnection(Load.this, tally, host));
                    }
                });
    }
}
