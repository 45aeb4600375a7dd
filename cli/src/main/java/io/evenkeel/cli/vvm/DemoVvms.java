package io.evenkeel.cli.vvm;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The demo VVMs of this process, on event loops of their own.
 *
 * <p><b>Threading.</b> Any thread but an event loop. <b>Ownership.</b> Closing it ends every VVM it started.
 */
public final class DemoVvms implements AutoCloseable {

    /** Seconds without a byte either way after which a connection is closed; longer than any {@code ?delay=}. */
    private static final int IDLE_SECONDS = 120;

    /** Event loops; the VVMs are not what is measured, so they leave the other cores to the router. */
    private static final int EVENT_LOOPS = 2;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
            EVENT_LOOPS, new DefaultThreadFactory("vvm", true), NioIoHandler.newFactory());

    /**
     * Starts a VVM; returns the address it is bound to, with the real port.
     *
     * @param name 1–64 letters, digits and {@code . _ -}
     * @throws IOException with one line that names the address that could not be bound
     */
    public InetSocketAddress start(String name, InetSocketAddress address) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("bad VVM name (expected: 1–64 letters, digits and . _ -)");
        }
        ChannelFuture bound = bootstrap(name).bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("cannot listen on " + address.getHostString() + ":" + address.getPort() + ": "
                    + bound.cause().getMessage());
        }
        return (InetSocketAddress) bound.channel().localAddress();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private ServerBootstrap bootstrap(String name) {
        return new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new IdleStateHandler(0, 0, IDLE_SECONDS))
                                .addLast(new HttpServerCodec())
                                .addLast(new FlowControlHandler())
                                .addLast(new VvmHandler(name));
                    }
                });
    }
}
