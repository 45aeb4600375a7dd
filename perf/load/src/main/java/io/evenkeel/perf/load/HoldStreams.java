package io.evenkeel.perf.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2ChannelDuplexHandler;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;

/**
 * Opens streams of HTTP/2 by prior knowledge, has the first event arrive on each, and keeps them open and idle until it is killed.
 *
 * <pre>HoldStreams PATH PORT COUNT</pre>
 *
 * <p>Prints {@code holding COUNT} once all are idle, {@code lost REASON} for each that goes. Threading: one event loop.
 */
final class HoldStreams extends Http2ChannelDuplexHandler {

    /** As many as every server allows (RFC 9113 §6.5.2). */
    private static final int STREAMS_PER_CONNECTION = 100;

    private final String path;
    private final Run run;

    /** The connections of one run. Confined to one event loop. */
    private static final class Run {

        private final Bootstrap bootstrap;
        private final int count;
        private int begun;

        Run(EventLoop loop, String path, InetSocketAddress to, int count) {
            this.count = count;
            this.bootstrap = new Bootstrap()
                    .group(loop)
                    .channel(EpollSocketChannel.class)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .remoteAddress(to)
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline()
                                    .addLast(
                                            Http2FrameCodecBuilder.forClient().build(),
                                            new HoldStreams(path, Run.this));
                        }
                    });
        }

        /** Connections are opened one after the other, so that no listen queue overflows. */
        void open() {
            bootstrap.connect().addListener(connect -> {
                if (!connect.isSuccess()) {
                    lost(connect.cause().toString());
                }
            });
        }

        void onBegun() {
            if (++begun == count) {
                System.out.println("holding " + count);
            } else if (begun % STREAMS_PER_CONNECTION == 0) {
                open();
            }
        }

        void lost(String why) {
            System.out.println("lost " + why);
        }
    }

    private HoldStreams(String path, Run run) {
        this.path = path;
        this.run = run;
    }

    public static void main(String[] args) throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        EventLoop loop = group.next();
        InetSocketAddress to = Loopback.address(1, Integer.parseInt(args[1]));
        Run run = new Run(loop, args[0], to, Integer.parseInt(args[2]));
        loop.execute(run::open);
        new CountDownLatch(1).await();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
        try {
            onFrame(context, frame);
        } finally {
            ReferenceCountUtil.release(frame);
        }
    }

    private void onFrame(ChannelHandlerContext context, Object frame) {
        if (frame instanceof Http2SettingsFrame) {
            begin(context);
        } else if (frame instanceof Http2DataFrame data) {
            onData(data);
        } else if (frame instanceof Http2HeadersFrame head) {
            if (head.isEndStream() || !"200".contentEquals(head.headers().status())) {
                run.lost("answered with " + head.headers());
            }
        } else if (frame instanceof Http2ResetFrame || frame instanceof Http2GoAwayFrame) {
            run.lost(frame.toString());
        }
    }

    private void onData(Http2DataFrame data) {
        if (data.isEndStream()) {
            run.lost("the stream ended");
        } else if (data.content().isReadable()) {
            run.onBegun();
        }
    }

    /** The server's SETTINGS have come: how many streams it allows is known. */
    private void begin(ChannelHandlerContext context) {
        Http2FrameCodec codec = context.pipeline().get(Http2FrameCodec.class);
        for (int i = codec.connection().numActiveStreams(); i < STREAMS_PER_CONNECTION; i++) {
            Http2Headers head = new DefaultHttp2Headers()
                    .method("GET")
                    .scheme("http")
                    .authority("localhost")
                    .path(path);
            context.write(new DefaultHttp2HeadersFrame(head, true).stream(newStream()));
        }
        context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        run.lost(cause.toString());
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        run.lost("closed by the other side");
    }
}
