package io.evenkeel.perf.faults;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The listening socket of an endpoint: open, shut (connects are refused) or choked (connects get no answer at all).
 *
 * <p>Threading: event-loop confined. Ownership: closes its sockets.
 */
final class Doorway {

    private static final int BACKLOG = 1024;

    /** More than a backlog of one holds: Linux takes two. */
    private static final int FILLERS = 4;

    private final EventLoop loop;
    private final InetSocketAddress address;
    private final ChannelHandler handler;
    private final List<SocketChannel> fillers = new ArrayList<>();
    private @Nullable Channel listening;

    /** The handler is given to every connection. */
    Doorway(EventLoop loop, InetSocketAddress address, ChannelHandler handler) {
        this.loop = loop;
        this.address = address;
        this.handler = handler;
    }

    /** Accepts from now on. */
    ChannelFuture open() {
        return listen(BACKLOG, true);
    }

    /** Refuses from now on. */
    void shut() {
        for (SocketChannel filler : fillers) {
            close(filler);
        }
        fillers.clear();
        if (listening != null) {
            listening.close();
            listening = null;
        }
    }

    /** Drops what wants to connect from now on: the backlog is full, so that Linux ignores every SYN. */
    void choke() {
        listen(1, false).addListener(listens -> fill());
    }

    private ChannelFuture listen(int backlog, boolean accepting) {
        shut();
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, backlog)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.AUTO_READ, accepting)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(handler)
                .bind(address);
        listening = bound.channel();
        return bound;
    }

    private void fill() {
        try {
            for (int i = 0; i < FILLERS; i++) {
                SocketChannel filler = SocketChannel.open();
                fillers.add(filler);
                filler.configureBlocking(false);
                filler.connect(address);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(SocketChannel filler) {
        try {
            filler.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
