package io.evenkeel.perf.load;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One keep-alive connection with at most one request in flight.
 *
 * <p>Threading: event-loop confined. Ownership: sends retained duplicates of the request, which stays its owner's; releases
 * every buffer it reads.
 */
final class ClientConnection extends ChannelInboundHandlerAdapter {

    /** No request is in flight. */
    static final long NONE = -1;

    private final ByteBuf request;
    private final Answers answers;
    private final ResponseScanner scanner = new ResponseScanner();
    private @Nullable Channel channel;
    private Throwable lost = new IOException("closed by the other side");
    private long inFlight = NONE;

    ClientConnection(ByteBuf request, Answers answers) {
        this.request = request;
        this.answers = answers;
    }

    /** Sends the request under this number. The connection must be idle. */
    void send(long number) {
        inFlight = number;
        Channel open = requireNonNull(channel);
        open.writeAndFlush(request.retainedDuplicate(), open.voidPromise());
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        answers.onOpen(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            if (inFlight == NONE) {
                throw new IllegalStateException("bytes that nobody asked for");
            }
            if (scanner.completes(in)) {
                answered(in);
            }
        } finally {
            in.release();
        }
    }

    private void answered(ByteBuf rest) {
        if (rest.isReadable()) {
            throw new IllegalStateException("bytes after the end of a response");
        }
        long number = inFlight;
        inFlight = NONE;
        scanner.reset();
        answers.onAnswer(this, number, scanner.success());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        lost = cause;
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        answers.onLost(this, inFlight, lost);
    }
}
