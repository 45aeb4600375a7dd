package io.evenkeel.proxy.listener;

import io.evenkeel.proxy.exchange.LoopContext;
import io.evenkeel.proxy.telemetry.Failure;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether one listening socket accepts connections: not while the router is overloaded, and not right after the kernel gave none, which would be asked again and
 * again in vain while it is out of descriptors. Whoever connects meanwhile waits in the kernel's backlog. Event-loop confined.
 */
final class Acceptor extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

    /** 1 s: as nginx's {@code accept_mutex_delay} and Netty's own acceptor have it, within a factor of two. */
    private static final long PAUSE_MILLIS = 1_000;

    private final String listener;
    private final LoopContext loop;
    private final Acceptors siblings;
    private ChannelHandlerContext context;
    private boolean pausing;
    private boolean failing;

    @SuppressWarnings("NullAway.Init") // the context comes with handlerAdded, before anything happens
    Acceptor(String listener, LoopContext loop, Acceptors siblings) {
        this.listener = listener;
        this.loop = loop;
        this.siblings = siblings;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
        siblings.add(this);
        refresh();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        siblings.remove(this);
    }

    /** It may accept again, or no more. */
    void refresh() {
        boolean accept = loop.accepting() && !pausing;
        if (context.channel().config().isAutoRead() != accept) {
            context.channel().config().setAutoRead(accept);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object connection) {
        if (failing) {
            failing = false;
            LOG.info("listener {}: accepts connections again", listener);
        }
        context.fireChannelRead(connection);
        loop.onAccepted();
        refresh();
    }

    /** Netty's own answer, which comes behind this one, would also pause, but then accept whatever the state of overload. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!failing) {
            failing = true;
            LOG.warn("listener {}: cannot accept connections: {}", listener, cause.toString());
        }
        loop.refused(Failure.ACCEPT_FAILED);
        if (!pausing) {
            pausing = true;
            refresh();
            var unused = context.executor().schedule(this::resume, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void resume() {
        pausing = false;
        refresh();
    }
}
