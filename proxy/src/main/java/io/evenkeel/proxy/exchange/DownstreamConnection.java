package io.evenkeel.proxy.exchange;

import io.evenkeel.proxy.http.BodyReader;
import io.evenkeel.proxy.http.ClientAddress;
import io.evenkeel.proxy.http.HeadVerdict;
import io.evenkeel.proxy.http.RequestHead;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.telemetry.Side;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection: takes octets in, cuts requests out of them one after the other, and gives responses back. At most one exchange is at work;
 * what a client sends ahead of its turn waits, bounded, and beyond that in the kernel. Event-loop confined.
 *
 * <p><b>Ownership.</b> {@link #input} holds what is not yet consumed and is released when the connection closes.
 */
public final class DownstreamConnection extends ChannelInboundHandlerAdapter {

    private final LoopListener listener;
    private final LoopContext loop;
    private final ClientAddress client;
    private final ClientPatience patience;
    private ChannelHandlerContext context;
    private @Nullable ByteBuf input;
    private @Nullable Exchange exchange;
    private boolean processing;
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
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        listener.opened(this);
        loop.telemetry.opened(Side.DOWNSTREAM);
        patience.await(ClientWait.HEAD, listener.settings());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        loop.clock.batchNanos();
        input = input == null ? bytes : Buffers.join(input, bytes);
        process();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (exchange != null) {
            exchange.flushRequest();
        }
        context.flush();
    }

    /** Consumes input for as long as there is somewhere for it to go. */
    void process() {
        if (processing) {
            return;
        }
        processing = true;
        while (input != null && step()) {
            // each step consumes something or ends the loop
        }
        processing = false;
        regulateReading();
    }

    private boolean step() {
        if (lingering) {
            releaseInput();
            return false;
        }
        if (exchange == null) {
            return context.channel().isWritable() && readHead();
        }
        return exchange.takesBody() && readBody(exchange);
    }

    private boolean readHead() {
        ByteBuf in = Objects.requireNonNull(input);
        ListenerSettings settings = listener.settings();
        RequestHead head = loop.requestHead;
        HeadVerdict verdict = head.read(in, settings.headLimits());
        if (verdict == HeadVerdict.INCOMPLETE) {
            patience.await(ClientWait.HEAD, settings);
            return false;
        }
        served++;
        exchange = loop.newExchange(this);
        if (verdict != HeadVerdict.COMPLETE) {
            exchange.refuse(Verdicts.failure(verdict));
            return false;
        }
        in.skipBytes(head.length());
        if (!in.isReadable()) {
            releaseInput();
        }
        exchange.start(head);
        return true;
    }

    /** The buffer may be on its way to the endpoint when the body was all of it: then it is not touched again. */
    private boolean readBody(Exchange current) {
        ByteBuf in = Objects.requireNonNull(input);
        input = null;
        int writerIndex = in.writerIndex();
        int end = current.relayRequest(in);
        if (end == BodyReader.MALFORMED
                || end == writerIndex
                || lingering
                || !context.channel().isActive()) {
            in.release();
        } else {
            in.readerIndex(end);
            input = in;
        }
        return true;
    }

    private void releaseInput() {
        if (input != null) {
            input.release();
            input = null;
        }
    }

    /** Leaves bytes to the kernel while too many wait here or the endpoint takes none. */
    private void regulateReading() {
        boolean full = input != null
                && exchange != null
                && input.readableBytes() >= listener.settings().limits().maxPipelinedBytes();
        boolean unread = !context.channel().isWritable() && exchange == null;
        boolean read = !full && !requestBlocked() && !unread;
        if (context.channel().config().isAutoRead() != read) {
            context.channel().config().setAutoRead(read);
        }
    }

    /** <b>Ownership.</b> Released by the channel. */
    void write(ByteBuf bytes) {
        context.write(bytes, context.voidPromise());
    }

    void flush() {
        context.flush();
    }

    boolean isWritable() {
        return context.channel().isWritable();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (!context.channel().isWritable()) {
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
            case KEEP -> {
                patience.await(ClientWait.NEXT_REQUEST, listener.settings());
                if (!processing) {
                    next();
                }
            }
            case CLOSE -> context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            case LINGER -> linger();
            case RESET -> reset();
        }
    }

    private void next() {
        process();
        channelReadComplete(context);
        if (inputEnded && exchange == null) {
            context.close();
        }
    }

    /** How a connection goes on after an exchange. */
    enum Persistence {
        KEEP,
        /** Nothing more is expected from the client. */
        CLOSE,
        /** The client may still be sending: it must be given the time to read the response (RFC 9112 §9.6). */
        LINGER,
        /** The response was cut off, and nothing but a reset tells an HTTP/1.0 client so. */
        RESET
    }

    private void linger() {
        lingering = true;
        releaseInput();
        patience.await(ClientWait.LINGER, listener.settings());
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (inputEnded || !written.isSuccess()) {
                context.close();
            } else {
                ((SocketChannel) context.channel()).shutdownOutput();
            }
        });
        regulateReading();
    }

    private void reset() {
        if (isActive()) {
            context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        context.close();
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
        if (input == null) {
            context.close();
        } else {
            exchange = loop.newExchange(this);
            exchange.refuse(Failure.HEAD_TIMEOUT);
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
            patience.await(ClientWait.HALF_CLOSED, listener.settings());
        } else {
            exchange.fail(Failure.CLIENT_ABORTED);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        listener.closed(this);
        loop.telemetry.closed(Side.DOWNSTREAM);
        patience.await(ClientWait.NOTHING, listener.settings());
        fail(Failure.CLIENT_ABORTED);
        releaseInput();
    }

    /** Every fault of the connection ends it; the close that follows ends the exchange. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Faults.log(cause);
        context.close();
    }

    void closeIfIdle() {
        if (exchange == null && input == null) {
            context.close();
        }
    }

    void shutDown() {
        if (exchange != null) {
            exchange.fail(Failure.SHUTDOWN);
        }
        context.close();
    }

    LoopListener listener() {
        return listener;
    }

    ClientAddress client() {
        return client;
    }

    ClientPatience patience() {
        return patience;
    }

    /** Octets of the body of the request at work so far. */
    long requestBytes() {
        return exchange == null ? 0 : exchange.requestBytes();
    }

    /** Whether it is the endpoint that does not take more of the body. */
    boolean requestBlocked() {
        return exchange != null && exchange.requestBlocked();
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
