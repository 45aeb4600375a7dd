package io.evenkeel.perf.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * A server of answers without end: a WebSocket to those who ask for one, and to all others the first event of a stream. Then it says nothing more.
 *
 * <pre>IdleEndpoint PORT</pre>
 */
final class IdleEndpoint extends ChannelInboundHandlerAdapter {

    private static final int BACKLOG = 4096;

    /** RFC 6455 §1.3. */
    private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static final String STREAM = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n7\r\n: here\n\r\n";

    private final StringBuilder head = new StringBuilder();

    public static void main(String[] args) throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        new ServerBootstrap()
                .group(group)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new IdleEndpoint());
                    }
                })
                .bind(Loopback.address(1, Integer.parseInt(args[0])))
                .sync();
        new CountDownLatch(1).await();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws GeneralSecurityException {
        ByteBuf in = (ByteBuf) message;
        head.append(in.toString(ISO_8859_1));
        in.release();
        if (head.indexOf("\r\n\r\n") >= 0) {
            String answer = answer(head.toString());
            head.setLength(0);
            head.trimToSize();
            context.writeAndFlush(Unpooled.copiedBuffer(answer, ISO_8859_1));
        }
    }

    private static String answer(String request) throws GeneralSecurityException {
        for (String line : request.lines().toList()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:")) {
                return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: "
                        + accept(line.substring(line.indexOf(':') + 1).strip())
                        + "\r\n\r\n";
            }
        }
        return STREAM;
    }

    private static String accept(String key) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + KEY_SUFFIX).getBytes(ISO_8859_1));
        return Base64.getEncoder().encodeToString(digest);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
