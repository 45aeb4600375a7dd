package io.evenkeel.proxy.exchange;

import io.evenkeel.proxy.http.ClientAddress;
import io.evenkeel.proxy.loop.PromptReads;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.telemetry.Side;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection: its events, what it waits for, and how it ends. At most one exchange is at work; {@link RequestReader} holds what the client
 * sends ahead of its turn, bounded, and beyond that the kernel does. Event-loop confined.
 */
public final class DownstreamConnection extends ChannelInboundHandlerAdapter {

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

    @Nullable
    DownstreamConnection previous;

    @Nullable
    DownstreamConnection next;

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
        PromptReads.expect(context.channel());
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        listener.opened(this);
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
        PromptReads.expect(context.channel());
        flushAll();
    }

    /** Takes up what has come in, as far as it can go now. */
    void process() {
        requests.process();
        flushAll();
        regulateReading();
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

    /** <b>Ownership.</b> Released by the channel. */
    void write(ByteBuf bytes) {
        unflushed = true;
        context.write(bytes, context.voidPromise());
    }

    /** Sends what was written; costs nothing where there is nothing. */
    void flush() {
        if (unflushed) {
            unflushed = false;
            context.flush();
        }
    }

    /** False: what is written now piles up in memory. */
    boolean isWritable() {
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
    void onExchangeEnd(Persistence persistence) {
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

    /** Waits for this from now on, as long as the settings allow. */
    void await(ClientWait what) {
        patience.await(what, listener.settings());
    }

    /** The client takes bytes again. */
    void onTaken() {
        patience.onTaken();
    }

    /** The client has let this connection wait for longer than the settings allow. */
    void onImpatience(ClientWait wait) {
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
        if (!(event instanceof ChannelInputShutdownEvent)) {
            return;
        }
        inputEnded = true;
        if (exchange == null) {
            context.close();
        } else if (exchange.mayOutliveInput()) {
            await(ClientWait.HALF_CLOSED);
        } else {
            exchange.fail(Failure.CLIENT_ABORTED);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        listener.closed(this);
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

    void closeIfIdle() {
        if (exchange == null && requests.isEmpty()) {
            context.close();
        }
    }

    void shutDown() {
        fail(Failure.SHUTDOWN);
        context.close();
    }

    /** Octets of the body of the request at work so far. */
    long requestBytes() {
        return exchange == null ? 0 : exchange.requestBytes();
    }

    /** Whether it is the endpoint that does not take more of the body. */
    boolean requestBlocked() {
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

    LoopListener listener() {
        return listener;
    }

    ClientAddress client() {
        return client;
    }

    /** Requests begun on this connection. */
    int served() {
        return served;
    }

    boolean isActive() {
        return context.channel().isActive();
    }

    ByteBufAllocator alloc() {
        return context.alloc();
    }
}
