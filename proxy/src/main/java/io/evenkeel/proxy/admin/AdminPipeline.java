package io.evenkeel.proxy.admin;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.EventExecutor;

/** Sets up each admin connection, up to so many at a time; the rest are closed at once. Confined to the admin event loop, but for {@link #close}. */
@SuppressWarnings("FutureReturnValueIgnored") // a connection that is refused has nobody to tell
final class AdminPipeline extends ChannelInitializer<Channel> {

    /** No admin request is longer; commands carry everything in their query. */
    private static final int MAX_LINE_BYTES = 4_096;

    private static final int MAX_HEAD_BYTES = 8_192;
    private static final int MAX_CHUNK_BYTES = 1_024;

    /** Below this, compression costs more than it saves. */
    private static final int COMPRESS_FROM_BYTES = 1_024;

    private final AdminContext shared;
    private final ChannelGroup connections;

    /** @param loop the event loop of all connections */
    AdminPipeline(AdminContext shared, EventExecutor loop) {
        this.shared = shared;
        this.connections = new DefaultChannelGroup(loop);
    }

    /** Closes every connection. Callable from any thread; does not wait. */
    ChannelGroupFuture close() {
        return connections.close();
    }

    @Override
    protected void initChannel(Channel channel) {
        connections.add(channel);
        if (connections.size() > shared.limits().connections()) {
            channel.close();
            return;
        }
        channel.pipeline()
                .addLast(new HttpServerCodec(MAX_LINE_BYTES, MAX_HEAD_BYTES, MAX_CHUNK_BYTES))
                .addLast(new HttpContentCompressor(COMPRESS_FROM_BYTES, StandardCompressionOptions.gzip()))
                .addLast(new AdminHandler(shared));
    }
}
