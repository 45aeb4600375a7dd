package io.evenkeel.proxy.multiplex;

import io.evenkeel.proxy.http2.HeaderList;
import io.evenkeel.proxy.telemetry.Failure;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;

/** What an endpoint's frames mean for the streams of its connection. Pushes are refused by the codec, because they were declined. Event-loop confined. */
final class EndpointFrames extends Http2FrameAdapter {

    /** SETTINGS, PING and the like cost an answer each; more than these within ten seconds are a flood. */
    private static final int MAX_CONTROLS = 500;

    private static final long CONTROL_WINDOW_NANOS = 10_000_000_000L;

    private final MultiplexedConnection connection;
    private final Translation translation;
    private final EventRate controls = new EventRate(MAX_CONTROLS, CONTROL_WINDOW_NANOS);

    EndpointFrames(MultiplexedConnection connection, Translation translation) {
        this.connection = connection;
        this.translation = translation;
    }

    /** What the user of the stream has not written yet is not given back to the windows. */
    @Override
    public int onDataRead(ChannelHandlerContext context, int id, ByteBuf data, int padding, boolean end) {
        connection.onResponse();
        int octets = data.readableBytes() + padding;
        EndpointStream stream = connection.stream(id);
        return stream == null ? octets : stream.onData(data, octets, end);
    }

    @Override
    public void onHeadersRead(ChannelHandlerContext context, int id, Http2Headers headers, int padding, boolean end) {
        connection.onResponse();
        EndpointStream stream = connection.stream(id);
        if (stream != null) {
            stream.onHeaders((HeaderList) headers, end, translation);
        }
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
            boolean end) {
        onHeadersRead(context, id, headers, padding, end);
    }

    /** RFC 9113 §8.7: a refused stream was not processed at all. */
    @Override
    public void onRstStreamRead(ChannelHandlerContext context, int id, long error) {
        EndpointStream stream = connection.stream(id);
        if (stream == null) {
            return;
        }
        if (error == Http2Error.REFUSED_STREAM.code()) {
            stream.onUnprocessed(Failure.STREAM_REFUSED);
        } else {
            stream.onClosed();
        }
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) throws Http2Exception {
        count();
        connection.onSettings();
    }

    @Override
    public void onPingRead(ChannelHandlerContext context, long data) throws Http2Exception {
        count();
    }

    private void count() throws Http2Exception {
        if (!controls.bears(connection.nowNanos())) {
            throw Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "too many SETTINGS and PING frames");
        }
    }

    @Override
    public void onGoAwayRead(ChannelHandlerContext context, int lastStream, long error, ByteBuf text) {
        connection.onGoAway(lastStream);
    }
}
