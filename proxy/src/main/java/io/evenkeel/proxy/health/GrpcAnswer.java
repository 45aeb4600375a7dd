package io.evenkeel.proxy.health;

import io.evenkeel.balancer.health.ProbeResult;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Judges what comes back on the one stream of a gRPC health check. Event-loop confined. */
final class GrpcAnswer extends Http2FrameAdapter {

    /** Bytes: many times what an honest answer has. */
    private static final int MAX_MESSAGE_BYTES = 4 * 1024;

    private final Question question;
    private final ByteBuf message = Unpooled.buffer(0, MAX_MESSAGE_BYTES);
    private boolean begun;

    GrpcAnswer(Question question) {
        this.question = question;
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context,
            int stream,
            Http2Headers fields,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean end) {
        onHeadersRead(context, stream, fields, padding, end);
    }

    /** A response head, its trailers, or both at once ("Trailers-Only"). Interim responses are no answers. */
    @Override
    public void onHeadersRead(
            ChannelHandlerContext context, int stream, Http2Headers fields, int padding, boolean end) {
        if (!begun) {
            String status = text(fields.status());
            if (status.startsWith("1") && !end) {
                return;
            }
            begun = true;
            onHead(status, text(fields.get("content-type")));
        }
        if (end) {
            onEnd(GrpcStatus.of(text(fields.get("grpc-status")), text(fields.get("grpc-message"))));
        }
    }

    private void onHead(String status, String type) {
        if (!status.equals("200")) {
            fail("HTTP status " + status);
        } else if (!type.startsWith("application/grpc")) {
            fail("answers with " + (type.isEmpty() ? "no type" : type) + ", not application/grpc");
        }
    }

    @Override
    public int onDataRead(ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean end) {
        int length = data.readableBytes();
        if (length > message.maxWritableBytes()) {
            fail("answers with more than " + MAX_MESSAGE_BYTES / 1024 + " KiB");
        } else if (end) {
            fail("ended the answer without grpc-status");
        } else {
            message.writeBytes(data);
        }
        return length + padding;
    }

    private void onEnd(GrpcStatus status) {
        if (!status.ok()) {
            fail(status.toString());
            return;
        }
        try {
            onServingStatus(HealthMessages.status(message));
        } catch (IllegalArgumentException e) {
            fail("answers " + e.getMessage());
        }
    }

    /** {@code HealthCheckResponse.ServingStatus}. */
    private void onServingStatus(int status) {
        switch (status) {
            case 0 -> fail("UNKNOWN");
            case 1 -> question.answer(ProbeResult.passed("SERVING"));
            case 2 -> fail("NOT_SERVING");
            case 3 -> fail("SERVICE_UNKNOWN");
            default -> fail("serving status " + status);
        }
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext context, int stream, long code) {
        fail("reset the call: " + error(code));
    }

    /** RFC 9113 §6.8: streams up to the last are still answered. */
    @Override
    public void onGoAwayRead(ChannelHandlerContext context, int lastStream, long code, ByteBuf data) {
        if (lastStream < GrpcCall.STREAM || code != Http2Error.NO_ERROR.code()) {
            String why = data.toString(StandardCharsets.US_ASCII);
            fail("goes away: " + error(code) + (why.isEmpty() ? "" : ", " + why));
        }
    }

    private static String error(long code) {
        Http2Error known = Http2Error.valueOf(code);
        return known == null ? "error " + code : known.name();
    }

    /** The reason may hold what the endpoint said. */
    private void fail(String why) {
        question.answer(ProbeResult.failed(Cause.clean(why)));
    }

    private static String text(@Nullable CharSequence value) {
        return value == null ? "" : value.toString();
    }
}
