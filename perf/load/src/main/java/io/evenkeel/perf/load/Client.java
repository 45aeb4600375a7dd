package io.evenkeel.perf.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;

/** Opens connections that all live on one event loop and send one fixed GET. */
final class Client implements AutoCloseable {

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final ByteBuf request;

    /** A client of one path, for example {@code /small}. */
    Client(String path) {
        this(path, "");
    }

    /** @param fields more lines of the head, each with its end */
    Client(String path, String fields) {
        request = Unpooled.directBuffer();
        request.writeCharSequence("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n", US_ASCII);
    }

    /** The loop everything runs on. */
    EventLoop loop() {
        return loop;
    }

    /** Connects from a local address, with port 0 for any port. */
    ChannelFuture connect(SocketAddress from, InetSocketAddress to, Answers answers) {
        return new Bootstrap()
                .group(loop)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ClientConnection(request, answers))
                .connect(to, from);
    }

    /** Closes every connection. */
    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        request.release();
    }
}
