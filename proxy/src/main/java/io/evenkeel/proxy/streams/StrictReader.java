package io.evenkeel.proxy.streams;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2FrameReader;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import org.jspecify.annotations.Nullable;

/**
 * Netty's reader of frames, stricter about the states that streams are in: Netty answers some frames on the wrong stream with another error than RFC 9113
 * demands, and takes DATA behind a request that it refused for the end of the connection. Event-loop confined.
 *
 * <p><b>Spec.</b> RFC 9113 §5.1, §5.1.1, §5.1.2.
 */
final class StrictReader implements Http2FrameReader {

    private final Http2FrameReader reader;
    private final Http2Connection connection;
    private final StreamHistory history;
    private @Nullable Strict strict;

    StrictReader(Http2FrameReader reader, Http2Connection connection, StreamHistory history) {
        this.reader = reader;
        this.connection = connection;
        this.history = history;
    }

    @Override
    public void readFrame(ChannelHandlerContext context, ByteBuf in, Http2FrameListener listener)
            throws Http2Exception {
        Strict now = strict;
        if (now == null || now.inner != listener) {
            now = new Strict(listener);
            strict = now;
        }
        reader.readFrame(context, in, now);
    }

    @Override
    public Configuration configuration() {
        return reader.configuration();
    }

    @Override
    public void close() {
        reader.close();
    }

    private final class Strict extends Http2FrameListenerDecorator {

        final Http2FrameListener inner;

        Strict(Http2FrameListener listener) {
            super(listener);
            this.inner = listener;
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context, int id, Http2Headers headers, int padding, boolean ends)
                throws Http2Exception {
            check(id);
            super.onHeadersRead(context, id, headers, padding, ends);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context,
                int id,
                Http2Headers headers,
                int dependency,
                short weight,
                boolean exclusive,
                int padding,
                boolean ends)
                throws Http2Exception {
            check(id);
            super.onHeadersRead(context, id, headers, dependency, weight, exclusive, padding, ends);
        }

        private void check(int id) throws Http2Exception {
            Http2Stream stream = connection.stream(id);
            if (stream != null) {
                if (stream.state() == Http2Stream.State.HALF_CLOSED_REMOTE && !stream.isResetSent()) {
                    throw Http2Exception.streamError(id, Http2Error.STREAM_CLOSED, "HEADERS behind the end");
                }
            } else if (connection.streamMayHaveExisted(id)) {
                checkPast(id);
            } else if (!connection.remote().canOpenStream()) {
                history.refused(id);
            }
        }

        private void checkPast(int id) throws Http2Exception {
            if (history.ended(id)) {
                throw Http2Exception.connectionError(Http2Error.STREAM_CLOSED, "HEADERS on a stream that has ended");
            }
            if (history.skipped(id) && !history.mayBeRefused(id)) {
                throw Http2Exception.connectionError(Http2Error.PROTOCOL_ERROR, "a stream older than the last");
            }
        }

        @Override
        public int onDataRead(ChannelHandlerContext context, int id, ByteBuf data, int padding, boolean ends)
                throws Http2Exception {
            if (history.mayBeRefused(id) && !connection.streamMayHaveExisted(id)) {
                connection.local().flowController().receiveFlowControlledFrame(null, data, padding, ends);
                return data.readableBytes() + padding;
            }
            return super.onDataRead(context, id, data, padding, ends);
        }
    }
}
