package io.evenkeel.proxy.tls;

import io.evenkeel.proxy.loop.Deadline;
import io.evenkeel.proxy.loop.DeadlineWheel;
import io.evenkeel.proxy.telemetry.HandshakeFault;
import io.evenkeel.proxy.telemetry.TlsMeter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the client's hello, chooses the certificate that answers it, and leaves the connection to {@link TlsHandler} and {@link Completion}. A client that cannot
 * be answered is told why, as far as it may understand, and given until the deadline to read it. Event-loop confined.
 *
 * <p><b>Ownership.</b> Holds the octets so far.
 */
final class Greeting extends ChannelInboundHandlerAdapter {

    /** Octets of a hello: with room for post-quantum keys and a resumed session's ticket; four times what browsers send. */
    private static final int MAX_HELLO_BYTES = 16 * 1024;

    /** Octets in all: a hello of the largest size in as many records as somebody honest may need. */
    private static final int MAX_BYTES = MAX_HELLO_BYTES + 512;

    private static final byte[] PLAIN_HTTP =
            """
            HTTP/1.1 400 Bad Request\r
            Content-Type: text/plain\r
            Content-Length: 23\r
            Connection: close\r
            \r
            this port speaks HTTPS
            """
                    .getBytes(StandardCharsets.US_ASCII);

    private final ListenerTls listener;
    private final long allowedNanos;
    private final TlsMeter meter;
    private final DeadlineWheel deadlines;
    private final Secured secured;
    private final Deadline deadline = new Deadline(this::onDeadline);
    private ChannelHandlerContext context;
    private @Nullable ByteBuf hello;
    private boolean refused;
    private boolean done;

    @SuppressWarnings("NullAway.Init") // the context comes with handlerAdded, before anything happens
    Greeting(ListenerTls listener, long allowedNanos, TlsMeter meter, DeadlineWheel deadlines, Secured secured) {
        this.listener = listener;
        this.allowedNanos = allowedNanos;
        this.meter = meter;
        this.deadlines = deadlines;
        this.secured = secured;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
        deadlines.set(deadline, System.nanoTime() + allowedNanos);
    }

    /** Nobody is there yet to hear of it. */
    @Override
    public void channelActive(ChannelHandlerContext context) {}

    /** Nor of this. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {}

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (refused) {
            bytes.release();
            return;
        }
        ByteBuf all = join(hello, bytes);
        hello = all;
        ClientHello read = new ClientHello(MAX_HELLO_BYTES, MAX_BYTES);
        switch (read.read(all)) {
            case INCOMPLETE -> {}
            case NOT_TLS -> refuseStranger(all);
            case TOO_LARGE -> refuse(HandshakeFault.HELLO_TOO_LARGE, Alert.RECORD_OVERFLOW.record());
            case ANOTHER_MESSAGE, MALFORMED -> refuse(HandshakeFault.HELLO_MALFORMED, Alert.DECODE_ERROR.record());
            case COMPLETE -> answer(read, all);
        }
    }

    private static ByteBuf join(@Nullable ByteBuf before, ByteBuf bytes) {
        if (before == null) {
            return bytes;
        }
        before.writeBytes(bytes);
        bytes.release();
        return before;
    }

    /** People do type the wrong scheme: who speaks HTTP is answered in it. */
    private void refuseStranger(ByteBuf all) {
        byte first = all.getByte(all.readerIndex());
        if (first >= 'A' && first <= 'Z') {
            refuse(HandshakeFault.PLAIN_HTTP, Unpooled.wrappedBuffer(PLAIN_HTTP));
        } else {
            refuse(HandshakeFault.NOT_TLS, Alert.UNEXPECTED_MESSAGE.record());
        }
    }

    private void answer(ClientHello read, ByteBuf all) {
        ServerTls tls = listener.current();
        if (tls == null) {
            context.close(); // the listener has gone meanwhile
            return;
        }
        ServerCertificate certificate = tls.find(read.serverName());
        if (certificate == null) {
            refuse(HandshakeFault.UNKNOWN_NAME, Alert.UNRECOGNIZED_NAME.record());
        } else if (!tls.speaksOneOf(read.protocols())) {
            refuse(HandshakeFault.NO_PROTOCOL, Alert.NO_APPLICATION_PROTOCOL.record());
        } else {
            hello = null;
            begin(tls, certificate, read.serverName(), all);
        }
    }

    private void begin(ServerTls tls, ServerCertificate certificate, String serverName, ByteBuf all) {
        TlsHandler handler = certificate.handler(context.alloc());
        Completion completion = new Completion(this, handler, certificate, serverName, tls.requiresCertificate());
        context.pipeline().addLast(handler, completion);
        context.fireChannelRead(all);
        if (!context.isRemoved()) {
            context.pipeline().remove(this);
        }
    }

    /** The handshake is done. */
    void succeed(String version, boolean resumed) {
        end();
        meter.finished(version, resumed);
    }

    Secured secured() {
        return secured;
    }

    /** The handshake came to nothing; only the first reason counts. */
    void fail(HandshakeFault fault) {
        if (!done) {
            end();
            meter.failed(fault);
        }
    }

    private void end() {
        done = true;
        deadlines.cancel(deadline);
    }

    /** <b>Ownership.</b> Takes {@code farewell}. */
    private void refuse(HandshakeFault fault, ByteBuf farewell) {
        fail(fault);
        refused = true;
        release();
        deadlines.set(deadline, System.nanoTime() + allowedNanos);
        context.writeAndFlush(farewell).addListener(written -> {
            if (written.isSuccess() && context.channel() instanceof DuplexChannel channel) {
                channel.shutdownOutput();
            } else {
                context.close();
            }
        });
    }

    private void release() {
        if (hello != null) {
            hello.release();
            hello = null;
        }
    }

    /** Closes without a word: at this point there is nothing that a client would understand. */
    private void onDeadline() {
        fail(HandshakeFault.TIMEOUT);
        context.channel().unsafe().close(context.channel().unsafe().voidPromise());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            fail(HandshakeFault.CLIENT_CLOSED);
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(HandshakeFault.CLIENT_CLOSED);
        deadlines.cancel(deadline);
        release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(HandshakeFault.CLIENT_CLOSED);
        context.close();
    }
}
