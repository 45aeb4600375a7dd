package io.evenkeel.proxy.health;

import io.evenkeel.balancer.health.ProbeResult;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/** Sends OPTIONS and judges the frame that comes back. Event-loop confined. */
final class CqlAnswer extends ByteToMessageDecoder {

    private final Question question;

    CqlAnswer(Question question) {
        this.question = question;
    }

    /** Under TLS, what is written before the handshake is over waits for it. */
    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.writeAndFlush(CqlFrame.options()).addListener(sent -> {
            if (!sent.isSuccess()) {
                question.fail(sent.cause());
            }
        });
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (question.answered()) {
            in.skipBytes(in.readableBytes());
            return;
        }
        try {
            CqlFrame frame = CqlFrame.read(in);
            if (frame != null) {
                question.answer(verdict(frame));
                in.skipBytes(in.readableBytes());
            }
        } catch (IllegalArgumentException e) {
            question.answer(ProbeResult.failed("answers " + e.getMessage()));
            in.skipBytes(in.readableBytes());
        }
    }

    /** A server that only speaks another version of the protocol is a server: its clients know which to speak. */
    private static ProbeResult verdict(CqlFrame frame) {
        if (frame.opcode() == CqlFrame.SUPPORTED) {
            List<String> versions = frame.options("CQL_VERSION");
            return ProbeResult.passed(Cause.clean("CQL " + String.join(", ", versions)));
        }
        int code = frame.number();
        String message = frame.string();
        return code == CqlFrame.PROTOCOL_ERROR
                ? ProbeResult.passed(Cause.clean("another version of CQL: " + message))
                : ProbeResult.failed(Cause.clean("error 0x%04x: %s".formatted(code, message)));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        super.channelInactive(context);
        question.answer(ProbeResult.failed("closed the connection before it answered"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        question.fail(cause);
    }
}
