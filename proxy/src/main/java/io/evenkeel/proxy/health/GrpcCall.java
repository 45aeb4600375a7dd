package io.evenkeel.proxy.health;

import io.evenkeel.balancer.health.ProbeResult;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The HTTP/2 connection of one gRPC health check: makes the call as soon as there is a connection, and reports what ends it early. Event-loop confined. */
final class GrpcCall extends Http2ConnectionHandler {

    /** RFC 9113 §5.1.1: a client's first. */
    static final int STREAM = 1;

    /** Bytes: what an honest server needs for its fields. */
    private static final int MAX_FIELDS_BYTES = 16 * 1024;

    private final Question question;
    private final GrpcCheck check;
    private final InetSocketAddress address;

    private GrpcCall(
            Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings, Builder builder) {
        super(decoder, encoder, settings, true); // a close is a close: nothing is waited for
        this.question = builder.question;
        this.check = builder.check;
        this.address = builder.address;
    }

    static GrpcCall of(Question question, GrpcCheck check, InetSocketAddress address) {
        return new Builder(question, check, address).build();
    }

    /** RFC 9113 §3.4: requests may follow the preface at once. Under TLS, all of it waits for the handshake. */
    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        super.channelActive(context);
        encoder()
                .writeHeaders(context, STREAM, check.fields(address), 0, false, context.newPromise())
                .addListener(this::onSent);
        encoder()
                .writeData(context, STREAM, check.message(), 0, true, context.newPromise())
                .addListener(this::onSent);
        flush(context);
    }

    private void onSent(Future<?> sent) {
        if (!sent.isSuccess()) {
            question.fail(sent.cause());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        question.answer(ProbeResult.failed("closed the connection before it answered"));
        super.channelInactive(context);
    }

    @Override
    protected void onConnectionError(
            ChannelHandlerContext context, boolean outbound, Throwable cause, @Nullable Http2Exception error) {
        if (error == null) {
            question.fail(cause);
        } else {
            onFault(error);
        }
        super.onConnectionError(context, outbound, cause, error);
    }

    @Override
    protected void onStreamError(
            ChannelHandlerContext context, boolean outbound, Throwable cause, Http2Exception.StreamException error) {
        onFault(error);
        super.onStreamError(context, outbound, cause, error);
    }

    private void onFault(Http2Exception error) {
        question.answer(ProbeResult.failed(Cause.clean("answers what is no HTTP/2: " + Cause.text(error))));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
        if (Http2CodecUtil.getEmbeddedHttp2Exception(cause) != null) {
            super.exceptionCaught(context, cause);
        } else {
            question.fail(cause);
        }
    }

    private static final class Builder extends AbstractHttp2ConnectionHandlerBuilder<GrpcCall, Builder> {

        private final Question question;
        private final GrpcCheck check;
        private final InetSocketAddress address;

        Builder(Question question, GrpcCheck check, InetSocketAddress address) {
            this.question = question;
            this.check = check;
            this.address = address;
            server(false);
            frameListener(new GrpcAnswer(question));
            initialSettings(Http2Settings.defaultSettings()
                    .pushEnabled(false)
                    .maxConcurrentStreams(0)
                    .maxHeaderListSize(MAX_FIELDS_BYTES));
        }

        @Override
        protected GrpcCall build() {
            return super.build();
        }

        @Override
        protected GrpcCall build(
                Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
            return new GrpcCall(decoder, encoder, settings, this);
        }
    }
}
