package io.evenkeel.proxy.exchange;

import io.evenkeel.proxy.http.ClientAddress;
import io.evenkeel.proxy.http.RequestId;
import io.evenkeel.proxy.http.ResponseHead;
import io.evenkeel.proxy.http.ResponseHeadEditor;
import io.evenkeel.proxy.loop.Sockets;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.telemetry.Side;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection: its events, what it waits for, and how it ends. At most one exchange is at work; {@link RequestReader} holds what the client
 * sends ahead of its turn, bounded, and beyond that the kernel does. Event-loop confined.
 */
public final class DownstreamConnection extends ChannelInboundHandlerAdapter implements Downstream, ClientConnection {

    private final LoopListener listener;
    private final LoopContext loop;
    private final ClientAddress client;
    private final ClientPatience patience;
    private final RequestReader requests;
    private ChannelHandlerContext context;
    private @Nullable Exchange exchange;
    private boolean unflushed;
    private boolean lingering;
    private boolean inputEnded;
    private int served;

    private final ClientPlace place = new ClientPlace(this);

    @SuppressWarnings("NullAway.Init") // the context comes with handlerAdded, before anything happens
    public DownstreamConnection(LoopListener listener, ClientAddress client) {
        this.listener = listener;
        this.loop = listener.loop();
        this.client = client;
        this.patience = new ClientPatience(loop, this);
        this.requests = new RequestReader(this, loop);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        listener.opened(place);
        loop.telemetry.opened(Side.DOWNSTREAM);
        await(ClientWait.HEAD);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        loop.clock.batchNanos();
        requests.add((ByteBuf) message);
        requests.process();
        regulateReading();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        flushAll();
    }

    @Override
    public void process() {
        requests.process();
        if (inputEnded && exchange != null) {
            exchange.onClientEnd();
        }
        flushAll();
        regulateReading();
    }

    /**
     * What came in is the beginning of a connection that speaks HTTP/2 (RFC 9113 §3.3): makes way for what serves that.
     *
     * <p><b>Ownership.</b> Takes {@code in} if it returns true.
     */
    boolean handOver(ByteBuf in) {
        ChannelHandler successor = served > 0 ? null : listener.http2(client);
        if (successor == null) {
            return false;
        }
        listener.closed(place);
        patience.end();
        context.pipeline().replace(this, null, successor);
        context.fireChannelRead(in);
        return true;
    }

    private void flushAll() {
        if (exchange != null) {
            exchange.flushRequest();
        }
        flush();
    }

    Exchange newExchange() {
        served++;
        exchange = loop.newExchange(this);
        return exchange;
    }

    /** Leaves bytes to the kernel while too many wait here, the endpoint takes none, or the client does not take its responses. */
    private void regulateReading() {
        boolean full = exchange != null
                && requests.waitingBytes() >= listener.settings().limits().maxPipelinedBytes();
        boolean unread = exchange == null && !isWritable();
        boolean read = !full && !requestBlocked() && !unread;
        if (context.channel().config().isAutoRead() != read) {
            context.channel().config().setAutoRead(read);
        }
    }

    @Override
    public void write(ByteBuf bytes) {
        unflushed = true;
        context.write(bytes, context.voidPromise());
    }

    @Override
    public boolean framed() {
        return false;
    }

    @Override
    public int writeHead(ByteBuf in, ResponseHead head, ResponseHeadEditor.Persistence persistence) {
        int bodyStart = in.readerIndex() + head.length();
        ByteBuf grown = loop.responseHeadEditor.edit(in, head, persistence);
        if (grown == null) {
            return bodyStart - in.readerIndex();
        }
        int length = grown.readableBytes();
        write(grown);
        return length;
    }

    /** The octets that end a body, chunks and trailers included, are parts of it. */
    @Override
    public void writeTrailers(ByteBuf lines) {
        lines.release();
    }

    @Override
    public void end() {}

    @Override
    public boolean accepts(ResponseHead head) {
        return true;
    }

    @Override
    public void finish(Runnable told) {
        unflushed = false;
        Sockets.finish(context, told);
    }

    @Override
    public int writeError(Failure failure, RequestId id, ResponseHeadEditor.Persistence persistence, boolean headOnly) {
        ByteBuf answer = loop.errorResponse.write(failure.status(), id, persistence, headOnly, alloc());
        int length = answer.readableBytes();
        write(answer);
        return length;
    }

    @Override
    public void flush() {
        if (unflushed) {
            unflushed = false;
            context.flush();
        }
    }

    @Override
    public boolean isWritable() {
        return context.channel().isWritable();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (!isWritable()) {
            return;
        }
        if (exchange != null) {
            exchange.onDownstreamWritable();
        } else {
            process();
        }
    }

    /** The exchange is over and its response written. The next one begins with what has come in meanwhile. */
    @Override
    public void onExchangeEnd(Persistence persistence) {
        exchange = null;
        switch (persistence) {
            case KEEP -> keep();
            case CLOSE -> Endings.close(context);
            case LINGER -> linger();
            case RESET -> Endings.reset(context);
        }
    }

    private void keep() {
        await(ClientWait.NEXT_REQUEST);
        if (requests.processing()) {
            return;
        }
        process();
        if (inputEnded && exchange == null) {
            context.close();
        }
    }

    private void linger() {
        lingering = true;
        requests.release();
        await(ClientWait.LINGER);
        Endings.finish(context, () -> inputEnded);
        regulateReading();
    }

    @Override
    public void await(ClientWait what) {
        patience.await(what, listener.settings());
    }

    @Override
    public void onTaken() {
        patience.onTaken();
    }

    @Override
    public void onImpatience(ClientWait wait) {
        switch (wait) {
            case HEAD -> onHeadTimeout();
            case BODY -> fail(Failure.BODY_TIMEOUT);
            case TAKING -> fail(Failure.DOWNSTREAM_IDLE);
            case HALF_CLOSED -> fail(Failure.CLIENT_ABORTED);
            case NEXT_REQUEST, LINGER -> context.close();
            case NOTHING -> {}
        }
    }

    /** A client that has not sent one octet, such as a browser's spare connection, is not told off. */
    private void onHeadTimeout() {
        if (requests.isEmpty()) {
            context.close();
        } else {
            newExchange().refuse(Failure.HEAD_TIMEOUT, null);
        }
    }

    private void fail(Failure failure) {
        if (exchange != null) {
            exchange.fail(failure);
        }
    }

    /**
     * A client that closes its side has mostly gone. One that did so right behind its request may still read: it gets its answer if that begins soon.
     */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslCloseCompletionEvent said) {
            onTlsEnd(said);
            return;
        }
        if (!(event instanceof ChannelInputShutdownEvent)) {
            return;
        }
        inputEnded = true;
        if (exchange == null) {
            context.close();
        } else if (exchange.onClientEnd()) {
            flush();
        } else if (exchange.mayOutliveInput()) {
            await(ClientWait.HALF_CLOSED);
        } else {
            exchange.fail(Failure.CLIENT_ABORTED);
        }
    }

    /** The client has said that it sends no more. Nothing can be sent to it either from then on: TLS libraries close both ways. */
    private void onTlsEnd(SslCloseCompletionEvent said) {
        if (said.isSuccess() && !lingering) {
            fail(Failure.CLIENT_ABORTED);
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        listener.closed(place);
        loop.telemetry.closed(Side.DOWNSTREAM);
        fail(Failure.CLIENT_ABORTED);
        patience.end();
        requests.release();
    }

    /** Every fault of the connection ends it; the close that follows ends the exchange. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Faults.log(cause);
        context.close();
    }

    @Override
    public void closeIfIdle() {
        if (exchange != null) {
            exchange.retire();
        } else if (requests.isEmpty()) {
            context.close();
        }
    }

    @Override
    public void shutDown() {
        fail(Failure.SHUTDOWN);
        context.close();
    }

    @Override
    public long requestBytes() {
        return exchange == null ? 0 : exchange.requestBytes();
    }

    @Override
    public boolean requestBlocked() {
        return exchange != null && exchange.requestBlocked();
    }

    @Nullable
    Exchange exchange() {
        return exchange;
    }

    /** Whether all has been said and only the client's end is waited for. */
    boolean lingering() {
        return lingering;
    }

    @Override
    public LoopListener listener() {
        return listener;
    }

    @Override
    public ClientAddress client() {
        return client;
    }

    @Override
    public int served() {
        return served;
    }

    @Override
    public boolean isActive() {
        return context.channel().isActive();
    }

    @Override
    public Channel channel() {
        return context.channel();
    }

    @Override
    public ByteBufAllocator alloc() {
        return context.alloc();
    }
}
