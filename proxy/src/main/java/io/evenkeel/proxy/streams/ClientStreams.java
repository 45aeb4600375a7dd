package io.evenkeel.proxy.streams;

import io.evenkeel.proxy.exchange.ClientConnection;
import io.evenkeel.proxy.exchange.ClientPlace;
import io.evenkeel.proxy.exchange.Faults;
import io.evenkeel.proxy.exchange.LoopListener;
import io.evenkeel.proxy.http.ClientAddress;
import io.evenkeel.proxy.http2.Schemes;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.telemetry.Side;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's HTTP/2 connection. The codec frames, compresses and controls the flow; {@link StreamFrames} hears what comes in; each request is a
 * {@link ClientStream}. Event-loop confined.
 */
public final class ClientStreams extends Http2ConnectionHandler implements ClientConnection {

    private final LoopListener listener;
    private final ClientAddress client;
    private final Scratch scratch;
    private final Http2Connection.PropertyKey key;
    private final ClientPlace place = new ClientPlace(this);
    private final Farewell farewell;
    private final StreamFrames frames;
    private final StreamHistory history;
    private final List<ClientStream> touched = new ArrayList<>();
    private final List<ClientStream> ending = new ArrayList<>();
    private final Runnable flushNow = this::flushNow;
    private final boolean counted;
    private ChannelHandlerContext context;
    private Schemes schemes = Schemes.HTTP;
    private boolean begun;
    private boolean ended;
    private boolean flushing;
    private int served;

    /** @param counted whether the connection counts as open already */
    @SuppressWarnings("NullAway.Init") // the context comes with handlerAdded, before anything happens
    ClientStreams(LoopListener listener, ClientAddress client, Scratch scratch, Codec codec, boolean counted) {
        super(codec.decoder(), codec.encoder(), codec.settings(), true, false);
        this.listener = listener;
        this.client = client;
        this.scratch = scratch;
        this.counted = counted;
        this.key = connection().newKey();
        this.farewell = new Farewell(this);
        this.history = codec.history();
        this.frames = new StreamFrames(this);
        decoder().frameListener(frames);
        connection().addListener(frames);
        encoder().flowController().listener(frames::onWritability);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) throws Exception {
        context = added;
        super.handlerAdded(added);
        if (added.channel().isActive()) {
            begin();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext active) throws Exception {
        super.channelActive(active);
        begin();
    }

    private void begin() throws Http2Exception {
        if (begun) {
            return;
        }
        begun = true;
        listener.opened(place);
        if (!counted) {
            listener.loop().telemetry().opened(Side.DOWNSTREAM);
        }
        schemes = Schemes.of(client.handshake() != null, client.trusted());
        int window = listener.settings().http2().connectionWindowBytes();
        Http2Stream all = connection().connectionStream();
        int more = window - decoder().flowController().windowSize(all);
        if (more > 0) {
            decoder().flowController().incrementWindowSize(all, more);
        }
        farewell.begin();
        flush(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        listener.loop().clock().batchNanos();
        super.channelRead(context, message);
    }

    /** Not Netty's: that one would go on reading where reading was stopped. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        discardSomeReadBytes();
        flushRequests();
        flush(context);
        awaitTaken();
    }

    /** A request may have to be flushed to its endpoint once this batch of frames has been read. */
    void touched(ClientStream stream) {
        touched.add(stream);
    }

    private void flushRequests() {
        for (int i = 0; i < touched.size(); i++) {
            touched.get(i).flushRequest();
        }
        touched.clear();
    }

    /** Sends what was written, together with what other streams write in the same batch of events. */
    void flushSoon() {
        if (!flushing) {
            flushing = true;
            context.executor().execute(flushNow);
        }
    }

    private void flushNow() {
        flushing = false;
        if (!context.isRemoved()) {
            flush(context);
            awaitTaken();
        }
    }

    /** Octets of a response are on their way: the client may acknowledge them. */
    void worked(int octets) {
        frames.worked(octets);
    }

    /** The response on this stream is written. */
    void ending(ClientStream stream) {
        ending.add(stream);
    }

    private void awaitTaken() {
        for (int i = 0; i < ending.size(); i++) {
            ending.get(i).awaitTaken();
        }
        ending.clear();
    }

    /** Whether some of what was written waits for the client's window. */
    boolean holds(Http2Stream stream) {
        return stream.state() != Http2Stream.State.CLOSED
                && encoder().flowController().hasFlowControlled(stream);
    }

    /** Without its WINDOW_UPDATEs a client that sends no more could not be served to the end. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        super.userEventTriggered(context, event);
        if (event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent) {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        ended = true;
        listener.closed(place);
        listener.loop().telemetry().closed(Side.DOWNSTREAM);
        farewell.end();
        forEachStream(ClientStream::onGone);
        super.channelInactive(context);
    }

    /** Every fault of the connection ends it; the close that follows ends the exchanges. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
        if (cause instanceof Http2Exception) {
            super.exceptionCaught(context, cause);
        } else {
            Faults.log(cause);
            context.close();
        }
    }

    @Override
    protected void onStreamError(
            ChannelHandlerContext context, boolean outbound, Throwable cause, Http2Exception.StreamException fault) {
        if (fault instanceof Http2Exception.HeaderListSizeException) {
            listener.loop().refused(Failure.HEAD_TOO_LARGE);
        }
        super.onStreamError(context, outbound, cause, fault);
        if (!outbound && !frames.toleratesFault()) {
            onError(context, false, Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "too many faults"));
        }
    }

    /**
     * Tells the client why, and closes; not by Netty's way, which closes from within the write of GOAWAY. What the codec itself counts are the frames of one
     * header section.
     */
    @Override
    protected void onConnectionError(
            ChannelHandlerContext context, boolean outbound, Throwable cause, @Nullable Http2Exception fault) {
        if (fault != null && fault.error() == Http2Error.ENHANCE_YOUR_CALM) {
            frames.onCalmed();
        }
        farewell.fail(fault == null ? Http2Error.INTERNAL_ERROR : fault.error());
    }

    @Override
    public ChannelFuture resetStream(ChannelHandlerContext context, int id, long error, ChannelPromise promise) {
        listener.loop().telemetry().http2().resetByRouter();
        history.reset(id);
        return super.resetStream(context, id, error, promise);
    }

    @Override
    public void closeIfIdle() {
        farewell.leave();
        forEachStream(ClientStream::retire);
    }

    @Override
    public void shutDown() {
        forEachStream(stream -> stream.fail(Failure.SHUTDOWN));
        farewell.now();
    }

    /** Streams may go while they are walked through. */
    private void forEachStream(java.util.function.Consumer<ClientStream> action) {
        List<ClientStream> all = new ArrayList<>(connection().numActiveStreams());
        try {
            connection().forEachActiveStream(each -> {
                ClientStream stream = of(each);
                if (stream != null) {
                    all.add(stream);
                }
                return true;
            });
        } catch (Http2Exception e) {
            throw new IllegalStateException(e);
        }
        all.forEach(action);
    }

    /** A request begins on this stream. */
    ClientStream open(Http2Stream stream) {
        served++;
        history.opened(stream.id());
        ClientStream opened = new ClientStream(this, stream);
        stream.setProperty(key, opened);
        farewell.onRequest();
        return opened;
    }

    /** What this stream is to the router, or null where it never got so far. */
    @Nullable
    ClientStream of(Http2Stream stream) {
        return stream.getProperty(key);
    }

    /** Gives octets back to the windows of stream and connection. */
    void giveBack(Http2Stream stream, int octets) {
        if (octets == 0 || ended) {
            return;
        }
        try {
            if (decoder().flowController().consumeBytes(stream, octets)) {
                flushSoon();
            }
        } catch (Http2Exception e) {
            onError(context, true, e);
        }
    }

    /** Resets the stream, unless it is closed or reset already. */
    void reset(Http2Stream stream, Http2Error error) {
        if (!ended && stream.state() != Http2Stream.State.CLOSED) {
            resetStream(context, stream.id(), error.code(), promise());
            flushSoon();
        }
    }

    StreamHistory history() {
        return history;
    }

    boolean isWritable(Http2Stream stream) {
        return encoder().flowController().isWritable(stream);
    }

    boolean isActive() {
        return !ended && context.channel().isActive();
    }

    Farewell farewell() {
        return farewell;
    }

    LoopListener listener() {
        return listener;
    }

    ClientAddress client() {
        return client;
    }

    Scratch scratch() {
        return scratch;
    }

    Schemes schemes() {
        return schemes;
    }

    /** Requests begun on this connection. */
    int served() {
        return served;
    }

    ChannelHandlerContext context() {
        return context;
    }

    ChannelPromise promise() {
        return context.newPromise();
    }

    ByteBufAllocator alloc() {
        return context.alloc();
    }
}
