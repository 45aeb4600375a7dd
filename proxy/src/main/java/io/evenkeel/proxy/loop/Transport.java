package io.evenkeel.proxy.loop;

import io.evenkeel.config.RuntimeConfig;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the router talks to the kernel; all there is to know about each way. */
public enum Transport {
    IO_URING(IoUringServerSocketChannel.class),
    EPOLL(EpollServerSocketChannel.class),
    NIO(NioServerSocketChannel.class);

    private static final String ACCEPT_MULTISHOT = "io.netty.iouring.acceptMultiShotEnabled";

    // Netty 4.2.18 arms a multishot accept that failed anew, even where it was told to read no more. Without
    // descriptors it fails at once: that would spin.
    static {
        if (System.getProperty(ACCEPT_MULTISHOT) == null) {
            System.setProperty(ACCEPT_MULTISHOT, "false");
        }
    }

    private final Class<? extends ServerSocketChannel> serverChannel;

    Transport(Class<? extends ServerSocketChannel> serverChannel) {
        this.serverChannel = serverChannel;
    }

    /**
     * The transport wished for, or the best that this machine has.
     *
     * @param relays whether there are connections that bytes only pass through: epoll is the best for those
     * @throws UncheckedIOException with one line if the one wished for cannot be had
     */
    public static Transport choose(RuntimeConfig.Transport wish, boolean relays) {
        return switch (wish) {
            case AUTO -> best(relays);
            case IO_URING -> require(IO_URING, IoUring.unavailabilityCause());
            case EPOLL -> require(EPOLL, Epoll.unavailabilityCause());
            case NIO -> NIO;
        };
    }

    private static Transport best(boolean relays) {
        boolean epoll = Epoll.isAvailable();
        boolean ioUring = IoUring.isAvailable() && PromptReads.available();
        return ioUring && !(relays && epoll) ? IO_URING : epoll ? EPOLL : NIO;
    }

    private static Transport require(Transport transport, @Nullable Throwable cause) {
        if (cause != null) {
            throw new UncheckedIOException(
                    "runtime.transport: " + transport + " is not available: " + cause.getMessage(),
                    new IOException(cause));
        }
        return transport;
    }

    public IoHandlerFactory ioHandler() {
        return switch (this) {
            case IO_URING -> IoUringIoHandler.newFactory();
            case EPOLL -> EpollHandler.newFactory();
            case NIO -> NioIoHandler.newFactory();
        };
    }

    /** Lets several listening sockets share an address, the kernel spreading connections over them. */
    public void reusePort(ServerBootstrap bootstrap) {
        switch (this) {
            case IO_URING -> bootstrap.option(IoUringChannelOption.SO_REUSEPORT, true);
            case EPOLL -> bootstrap.option(EpollChannelOption.SO_REUSEPORT, true);
            case NIO -> bootstrap.option(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true);
        }
        bootstrap.option(ChannelOption.SO_REUSEADDR, true);
    }

    public Class<? extends ServerSocketChannel> serverChannel() {
        return serverChannel;
    }

    /** A channel to connect with, prepared. */
    public SocketChannel newChannel() {
        SocketChannel channel =
                switch (this) {
                    case IO_URING -> new IoUringSocketChannel();
                    case EPOLL -> new EpollSocketChannel();
                    case NIO -> new NioSocketChannel();
                };
        prepare(channel);
        return channel;
    }

    /** Adds what a connection needs on this transport in front of everything else, to a channel that was just made or accepted. */
    public void prepare(Channel channel) {
        if (this == IO_URING) {
            channel.pipeline().addFirst(PromptReads.INSTANCE);
        }
    }

    /** Whether {@code splice(2)} can move bytes from and to this connection without ever blocking; on io_uring sockets block. */
    public static boolean canSplice(Channel channel) {
        return channel instanceof EpollSocketChannel;
    }

    /** As people write it: {@code io_uring}, {@code epoll}, {@code nio}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
