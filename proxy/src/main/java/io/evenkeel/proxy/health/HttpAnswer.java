package io.evenkeel.proxy.health;

import io.evenkeel.balancer.health.ProbeResult;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;

/** Sends the request of one check and judges what comes back, no further than it must. Event-loop confined. */
final class HttpAnswer extends SimpleChannelInboundHandler<HttpObject> {

    /** 64 KiB: what is looked for stands at the beginning, or the page is not made for checks. */
    private static final int MAX_BODY_BYTES = 64 * 1024;

    private final Question question;
    private final HttpCheck check;
    private final FullHttpRequest request;

    /** The body as far as it is known, a character for each octet. */
    private final StringBuilder seen = new StringBuilder();

    private int status;

    HttpAnswer(Question question, HttpCheck check, FullHttpRequest request) {
        this.question = question;
        this.check = check;
        this.request = request;
    }

    /** Under TLS, what is written before the handshake is over waits for it. */
    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.writeAndFlush(request).addListener(sent -> {
            if (!sent.isSuccess()) {
                question.fail(sent.cause());
            }
        });
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (question.answered()) {
            return;
        }
        if (part.decoderResult().isFailure()) {
            onFault(part.decoderResult().cause());
            return;
        }
        if (part instanceof HttpResponse head) {
            onHead(head);
        }
        if (part instanceof HttpContent content && status != 0 && !question.answered()) {
            onBody(content.content());
            if (content instanceof LastHttpContent && !question.answered()) {
                question.answer(ProbeResult.failed("the body does not contain what it must"));
            }
        }
    }

    /** Interim responses (RFC 9110 §15.2) are no answers, but a switch of protocols that nobody asked for is one. */
    private void onHead(HttpResponse head) {
        int said = head.status().code();
        if (head.status().codeClass() == HttpStatusClass.INFORMATIONAL && said != 101) {
            status = 0;
            return;
        }
        status = said;
        if (!check.passes(said)) {
            question.answer(ProbeResult.failed("status " + said + " (expected: " + check.statuses() + ")"));
        } else if (check.body().isEmpty()) {
            question.answer(ProbeResult.passed("status " + said));
        }
    }

    private void onBody(ByteBuf bytes) {
        int from = Math.max(0, seen.length() - check.body().length());
        int length = Math.min(bytes.readableBytes(), MAX_BODY_BYTES - seen.length());
        seen.append(bytes.toString(bytes.readerIndex(), length, StandardCharsets.ISO_8859_1));
        if (seen.indexOf(check.body(), from) >= 0) {
            question.answer(ProbeResult.passed("status " + status));
        } else if (seen.length() == MAX_BODY_BYTES) {
            question.answer(ProbeResult.failed("the first 64 KiB of the body do not contain what they must"));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        onClose();
    }

    private void onClose() {
        String when = status == 0 ? "before it answered" : "in its answer";
        question.answer(ProbeResult.failed("closed the connection " + when));
    }

    private void onFault(Throwable cause) {
        if (cause instanceof PrematureChannelClosureException) {
            onClose();
        } else {
            question.answer(ProbeResult.failed(Cause.clean("answers what is no HTTP: " + Cause.text(cause))));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        question.fail(cause);
    }
}
