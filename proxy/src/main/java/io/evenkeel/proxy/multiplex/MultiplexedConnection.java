package io.evenkeel.proxy.multiplex;

import io.evenkeel.proxy.http2.HeaderList;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.upstream.UpstreamUser;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.collection.IntObjectHashMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection to an endpoint that carries many exchanges at once. Until the endpoint has said how many it takes, it is given one. Event-loop confined.
 *
 * <p><b>Spec.</b> RFC 9113 §3.4 (prior knowledge), §5.1.2 (how many streams), §6.8 (GOAWAY).
 */
final class MultiplexedConnection extends Http2ConnectionHandler {

    /** What an endpoint may send of one body before the client has taken it, in octets: memory per stalled client, and throughput over far networks. */
    static final int STREAM_WINDOW_BYTES = 128 * 1024;

    /** Streams reset within {@link #RESET_WINDOW_NANOS}, after which no more are begun here: endpoints take more of them for an attack (CVE-2023-44487). */
    private static final int MAX_RESETS = 50;

    private static final long RESET_WINDOW_NANOS = 10_000_000_000L;

    /** Stream identifiers are used up after some 2^30 requests; long before that the connection takes no more of them. */
    private static final int LAST_STREAM = Integer.MAX_VALUE - 100_000;

    private final Http2Pool pool;
    private final long retireAtNanos;
    private final IntObjectHashMap<EndpointStream> byId = new IntObjectHashMap<>();
    private final ArrayList<EndpointStream> readSome = new ArrayList<>();
    private final ArrayList<EndpointStream> woken = new ArrayList<>();
    private final EventRate resets = new EventRate(MAX_RESETS, RESET_WINDOW_NANOS);
    private final KeepAlive keepAlive = new KeepAlive();
    private final Runnable flushing = this::flushNow;
    private ChannelHandlerContext context;
    private @Nullable EndpointStream first;
    private int active;
    private long idleSinceNanos;
    private boolean settled;
    private boolean leaving;
    private boolean used;
    private boolean flushSoon;

    /** @param retireAtNanos from when on it takes no more exchanges */
    @SuppressWarnings("NullAway.Init") // the context comes with handlerAdded, before anybody sees this object
    MultiplexedConnection(
            Http2Pool pool,
            long retireAtNanos,
            Http2ConnectionDecoder decoder,
            Http2ConnectionEncoder encoder,
            Http2Settings settings) {
        super(decoder, encoder, settings, false, false);
        this.pool = pool;
        this.retireAtNanos = retireAtNanos;
        connection().addListener(new Http2ConnectionAdapter() {
            @Override
            public void onStreamClosed(Http2Stream stream) {
                onClosed(stream);
            }
        });
        encoder.flowController().listener(stream -> {
            EndpointStream writable = byId.get(stream.id());
            if (writable != null && writable.blocked()) {
                wakeSoon(writable);
            }
        });
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) throws Exception {
        context = added;
        super.handlerAdded(added);
    }

    /** It is connected. Its window is so large that clients who take nothing do not hold up those who do. */
    void onEstablished() {
        idleSinceNanos = nowNanos();
        keepAlive.heard(idleSinceNanos);
        long window = (long) pool.maxStreams() * STREAM_WINDOW_BYTES - Http2CodecUtil.DEFAULT_WINDOW_SIZE;
        try {
            decoder().flowController().incrementWindowSize(connection().connectionStream(), (int)
                    Math.min(window, Integer.MAX_VALUE - Http2CodecUtil.DEFAULT_WINDOW_SIZE));
        } catch (Http2Exception e) {
            onError(context, true, e);
        }
        flushSoon();
    }

    /** Whether another exchange may begin here now. */
    boolean hasRoom() {
        return !leaving && context.channel().isActive() && active < limit();
    }

    private int limit() {
        return settled ? Math.min(pool.maxStreams(), connection().local().maxActiveStreams()) : 1;
    }

    /** How many exchanges will probably find room here that do not now, because the endpoint has not said how many it takes. */
    int coming(int usual) {
        return settled || leaving ? 0 : usual - active;
    }

    void lend(UpstreamUser user) {
        EndpointStream stream = new EndpointStream(this, user, used);
        used = true;
        active++;
        stream.next = first;
        if (first != null) {
            first.previous = stream;
        }
        first = stream;
        if (connection().local().lastStreamCreated() > LAST_STREAM) {
            leave();
        }
        user.onAcquired(stream);
    }

    /** The stream is no more. */
    void remove(EndpointStream stream) {
        if (stream.removed) {
            return;
        }
        stream.removed = true;
        if (stream.previous == null) {
            first = stream.next;
        } else {
            stream.previous.next = stream.next;
        }
        if (stream.next != null) {
            stream.next.previous = stream.previous;
        }
        stream.previous = null;
        stream.next = null;
        active--;
        if (active == 0) {
            idleSinceNanos = nowNanos();
        }
        pool.onRoom(this);
    }

    private void onClosed(Http2Stream closed) {
        EndpointStream stream = byId.remove(closed.id());
        if (stream != null) {
            remove(stream);
            stream.onClosed();
        }
    }

    /** <b>Ownership.</b> Releases {@code head}. Returns the stream, or null where the codec did not take it, which the user is told later. */
    @Nullable
    Http2Stream begin(EndpointStream stream, ByteBuf head, boolean end) {
        HeaderList fields = pool.translation().fields;
        fields.clear();
        pool.translation().requests.request(head, pool.scheme(), fields);
        head.release();
        int id = connection().local().incrementAndGetNextStreamId();
        byId.put(id, stream);
        encoder().writeHeaders(context, id, fields, 0, end, context.newPromise());
        Http2Stream begun = connection().stream(id);
        if (begun == null) {
            byId.remove(id);
            endLater(stream);
        }
        return begun;
    }

    /** Whether the head written last was that of a HEAD request. */
    boolean answersHead() {
        return pool.translation().requests.answersHead();
    }

    /** <b>Ownership.</b> Released by the codec. */
    void write(Http2Stream stream, ByteBuf part, boolean end) {
        encoder().writeData(context, stream.id(), part, 0, end, context.newPromise());
    }

    /** <b>Ownership.</b> Releases {@code lines}. The list of fields may have to wait behind data and is not used again. */
    void writeTrailers(Http2Stream stream, ByteBuf lines) {
        HeaderList fields = new HeaderList();
        pool.translation().requestTrailers.trailers(lines, fields);
        lines.release();
        encoder().writeHeaders(context, stream.id(), fields, 0, true, context.newPromise());
    }

    boolean isWritable(Http2Stream stream) {
        return encoder().flowController().isWritable(stream);
    }

    /** Lets the endpoint send as many octets more. */
    void giveBack(Http2Stream stream, int octets) {
        try {
            if (decoder().flowController().consumeBytes(stream, octets)) {
                flushSoon();
            }
        } catch (Http2Exception e) {
            onError(context, true, e);
        }
    }

    /** The codec tells what has become writable in the middle of whatever it does, such as writing for the very same user. */
    private void wakeSoon(EndpointStream stream) {
        woken.add(stream);
        if (woken.size() == 1) {
            context.executor().execute(this::wake);
        }
    }

    private void wake() {
        List<EndpointStream> now = List.copyOf(woken);
        woken.clear();
        now.forEach(EndpointStream::onWritable);
    }

    /** Ends a stream before its time. Where that happens too often the connection takes no more exchanges. */
    void reset(Http2Stream stream, Http2Error why) {
        encoder().writeRstStream(context, stream.id(), why.code(), context.newPromise());
        flushSoon();
        if (!resets.bears(nowNanos())) {
            leave();
        }
    }

    /** Sends what was written for any of the streams, together with what is written until the loop has gone through its events. */
    void flushSoon() {
        if (!flushSoon) {
            flushSoon = true;
            context.executor().execute(flushing);
        }
    }

    private void flushNow() {
        flushSoon = false;
        flush(context);
    }

    /** Takes no more exchanges, and closes when those at work are over. */
    void leave() {
        if (!leaving) {
            leaving = true;
            pool.onLeaving(this);
        }
        closeIfDone();
    }

    boolean leaving() {
        return leaving;
    }

    /** Closes it, if it takes no more exchanges and none is left. */
    void closeIfDone() {
        if (leaving && active == 0 && context.channel().isActive()) {
            goAway(context, 0, Http2Error.NO_ERROR.code(), Unpooled.EMPTY_BUFFER, context.newPromise());
            context.flush();
            context.close();
        }
    }

    boolean idle() {
        return active == 0;
    }

    /** What time does to it: it grows too old, idles too long, or proves to be dead. */
    void sweep(long nowNanos, long idleNanos) {
        if (nowNanos - retireAtNanos >= 0 || (active == 0 && nowNanos - idleSinceNanos >= idleNanos)) {
            leave();
        } else if (active > 0) {
            keepAlive(nowNanos);
        }
    }

    private void keepAlive(long nowNanos) {
        switch (keepAlive.act(nowNanos)) {
            case ASK -> {
                encoder().writePing(context, false, nowNanos, context.newPromise());
                flushSoon();
            }
            case GIVE_UP -> context.close();
            case NOTHING -> {}
        }
    }

    /** The endpoint has said, anew, how many streams it takes. */
    void onSettings() {
        settled = true;
        pool.onSettled(this, limit());
    }

    /** RFC 9113 §6.8: what is above {@code lastStream} was not processed and never will be; the rest goes on. */
    void onGoAway(int lastStream) {
        leave();
        for (EndpointStream stream : streams()) {
            if (stream.id() == 0 || stream.id() > lastStream) {
                stream.onUnprocessed(Failure.STREAM_UNPROCESSED);
            }
        }
    }

    /** Those of this moment, to be gone through while they end. */
    List<EndpointStream> streams() {
        List<EndpointStream> all = new ArrayList<>(active);
        for (EndpointStream each = first; each != null; each = each.next) {
            all.add(each);
        }
        return all;
    }

    @Nullable
    EndpointStream stream(int id) {
        return byId.get(id);
    }

    void onReadSome(EndpointStream stream) {
        readSome.add(stream);
    }

    long nowNanos() {
        return pool.nowNanos();
    }

    ByteBufAllocator alloc() {
        return context.alloc();
    }

    /** Whatever comes answers the question whether the endpoint is there; only what it has to say about requests ends its silence. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        keepAlive.answered();
        super.channelRead(context, message);
    }

    /** Something of a response has come. */
    void onResponse() {
        keepAlive.heard(nowNanos());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        for (int i = 0; i < readSome.size(); i++) {
            readSome.get(i).onReadComplete();
        }
        readSome.clear();
        super.channelReadComplete(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        leaving = true;
        pool.onClosed(this);
        for (EndpointStream stream : streams()) {
            stream.onClosed();
        }
        super.channelInactive(context);
    }

    /** The codec resets the stream. Where it is just what the user is doing that has failed, the user hears of it later. */
    @Override
    protected void onStreamError(
            ChannelHandlerContext context, boolean outbound, Throwable cause, Http2Exception.StreamException error) {
        EndpointStream stream = byId.get(error.streamId());
        if (stream != null && outbound) {
            byId.remove(error.streamId());
            endLater(stream);
        } else if (stream != null) {
            stream.onBroken(
                    error instanceof Http2Exception.HeaderListSizeException
                            ? Failure.RESPONSE_HEAD_TOO_LARGE
                            : Failure.MALFORMED_RESPONSE);
        }
        super.onStreamError(context, outbound, cause, error);
    }

    private void endLater(EndpointStream stream) {
        context.executor().execute(() -> {
            remove(stream);
            stream.onClosed();
        });
    }

    /** Whatever is at work here cannot go on. */
    @Override
    protected void onConnectionError(
            ChannelHandlerContext context, boolean outbound, Throwable cause, Http2Exception error) {
        super.onConnectionError(context, outbound, cause, error);
        context.flush();
        context.executor().execute(context::close);
    }

    /** Every fault of a connection ends it; the close that follows tells the users. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
        if (Http2CodecUtil.getEmbeddedHttp2Exception(cause) != null) {
            super.exceptionCaught(context, cause);
        } else {
            context.close();
        }
    }
}
