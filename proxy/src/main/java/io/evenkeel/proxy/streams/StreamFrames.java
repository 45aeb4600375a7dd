package io.evenkeel.proxy.streams;

import io.evenkeel.proxy.exchange.Exchange;
import io.evenkeel.proxy.exchange.LoopContext;
import io.evenkeel.proxy.exchange.Verdicts;
import io.evenkeel.proxy.http.HeadVerdict;
import io.evenkeel.proxy.http.RequestHead;
import io.evenkeel.proxy.http2.FloodGuard;
import io.evenkeel.proxy.http2.HeaderList;
import io.evenkeel.proxy.http2.RequestToOctets;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.telemetry.Flood;
import io.evenkeel.proxy.telemetry.Http2Meter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;

/** What comes in on one client's connection, frame by frame. Event-loop confined. */
final class StreamFrames extends Http2EventAdapter {

    private final ClientStreams connection;
    private final FloodGuard guard;
    private boolean calmed;

    StreamFrames(ClientStreams connection) {
        this.connection = connection;
        this.guard = new FloodGuard(
                connection.listener().settings().http2().maxResets(),
                connection.listener().loop().clock().batchNanos());
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
        onHeadersRead(context, id, headers, padding, ends);
    }

    @Override
    public void onHeadersRead(ChannelHandlerContext context, int id, Http2Headers headers, int padding, boolean ends)
            throws Http2Exception {
        guard.onWork(0);
        Http2Stream stream = connection.connection().stream(id);
        ClientStream known = connection.of(stream);
        if (known == null) {
            onRequest(stream, (HeaderList) headers, ends);
        } else {
            known.onTrailers(connection.scratch().trailers.write((HeaderList) headers, connection.alloc()));
        }
    }

    private void onRequest(Http2Stream stream, HeaderList fields, boolean ends) throws Http2Exception {
        RequestToOctets writer = connection.scratch().requests;
        ByteBuf octets = writer.write(fields, ends, connection.schemes(), connection.alloc());
        if (octets == null) {
            connection.listener().loop().refused(Failure.MALFORMED_REQUEST);
            throw Http2Exception.streamError(stream.id(), Http2Error.PROTOCOL_ERROR, "malformed request");
        }
        meter().opened();
        ClientStream opened = connection.open(stream);
        Exchange exchange = opened.begin(writer.contentLength(), ends, writer.webSocketKey());
        LoopContext loop = connection.listener().loop();
        RequestHead head = loop.requestHead();
        HeadVerdict verdict = head.read(octets, connection.listener().settings().headLimits());
        head.overHttp2();
        if (verdict == HeadVerdict.COMPLETE) {
            octets.skipBytes(head.length());
            exchange.start(head, octets);
        } else {
            octets.release();
            exchange.refuse(Verdicts.failure(verdict), Verdicts.wellFormed(verdict) ? head : null);
        }
        connection.touched(opened);
    }

    @Override
    public int onDataRead(ChannelHandlerContext context, int id, ByteBuf data, int padding, boolean ends)
            throws Http2Exception {
        if (data.isReadable()) {
            guard.onWork(data.readableBytes());
        } else if (!ends) {
            count(Flood.EMPTY_DATA);
        }
        ClientStream stream = connection.of(connection.connection().stream(id));
        return padding + (stream == null ? data.readableBytes() : stream.onData(data, ends));
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext context, int id, long error) throws Http2Exception {
        meter().resetByClient();
        connection.history().reset(id);
        ClientStream stream = connection.of(connection.connection().stream(id));
        if (stream != null) {
            stream.onGone();
        }
        count(Flood.RESETS);
    }

    @Override
    public void onPriorityRead(ChannelHandlerContext context, int id, int dependency, short weight, boolean exclusive)
            throws Http2Exception {
        count(Flood.PRIORITIES);
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) throws Http2Exception {
        connection.farewell().onPreface();
        count(Flood.SETTINGS);
    }

    @Override
    public void onSettingsAckRead(ChannelHandlerContext context) throws Http2Exception {
        count(Flood.SETTINGS);
    }

    @Override
    public void onPingRead(ChannelHandlerContext context, long data) throws Http2Exception {
        count(Flood.PINGS);
    }

    @Override
    public void onPingAckRead(ChannelHandlerContext context, long data) throws Http2Exception {
        connection.farewell().onPingAck();
        count(Flood.PINGS);
    }

    @Override
    public void onWindowUpdateRead(ChannelHandlerContext context, int id, int increment) throws Http2Exception {
        count(Flood.WINDOW_UPDATES);
    }

    @Override
    public void onUnknownFrame(ChannelHandlerContext context, byte type, int id, Http2Flags flags, ByteBuf payload)
            throws Http2Exception {
        count(Flood.UNKNOWN_FRAMES);
    }

    /** Whatever closed it: mostly that both sides have ended. */
    @Override
    public void onStreamClosed(Http2Stream stream) {
        ClientStream known = connection.of(stream);
        if (known != null) {
            known.onClosed();
        }
        connection.farewell().onStreamClosed();
    }

    /** Counts a stream that had to be reset for a fault of the client's; false: it is one too many. */
    boolean toleratesFault() {
        return tolerates(Flood.RESETS);
    }

    private void count(Flood kind) throws Http2Exception {
        if (!tolerates(kind)) {
            throw Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "too many %s", kind.label());
        }
    }

    private boolean tolerates(Flood kind) {
        boolean tolerated =
                guard.tolerates(kind, connection.listener().loop().clock().batchNanos());
        if (!tolerated && !calmed) {
            calmed = true;
            meter().flooded(kind);
        }
        return tolerated;
    }

    /** The connection ends because of too many frames of a kind, which is counted once. */
    void onCalmed() {
        if (!calmed) {
            calmed = true;
            meter().flooded(Flood.CONTINUATIONS);
        }
    }

    /** Octets of a response are on their way. */
    void worked(int octets) {
        guard.onWork(octets);
    }

    private Http2Meter meter() {
        return connection.listener().loop().telemetry().http2();
    }

    void onWritability(Http2Stream stream) {
        ClientStream known = connection.of(stream);
        if (known != null) {
            known.onWritability();
        }
    }
}
