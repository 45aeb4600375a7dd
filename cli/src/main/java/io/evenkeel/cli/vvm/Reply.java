package io.evenkeel.cli.vvm;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What a VVM answers: a short body, or so many bytes of filler.
 *
 * <p><b>Ownership.</b> Whoever holds a reply writes or releases its body.
 */
record Reply(int status, String contentType, ByteBuf body, long fillerBytes) {

    private static final String TEXT = "text/plain; charset=utf-8";

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** The answer to a request with a body of so many bytes: ok, filler or an echo. */
    static Reply to(
            HttpRequest request, long bodyBytes, Knobs knobs, String vvm, String client, ByteBufAllocator alloc) {
        if (knobs.sizeBytes().isPresent()) {
            return new Reply(
                    knobs.status(), TEXT, alloc.buffer(0), knobs.sizeBytes().getAsLong());
        }
        if (path(request.uri()).equals("/api/check")) {
            return text(knobs.status(), "ok", alloc);
        }
        ByteBuf body = alloc.buffer();
        Echo.write(vvm, client, request, bodyBytes, body);
        return new Reply(knobs.status(), "application/json", body, 0);
    }

    /** A one-line answer. */
    static Reply text(int status, String line, ByteBufAllocator alloc) {
        return new Reply(status, TEXT, ByteBufUtil.writeUtf8(alloc, line + "\n"), 0);
    }

    /** The response head; Spec: RFC 9110 §5.6.7, §6.6.1 (Date). */
    HttpResponse head(String vvm) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
        head.headers()
                .set(HttpHeaderNames.DATE, DATE.format(Instant.now()))
                .set("x-vvm", vvm)
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes() + fillerBytes);
        return head;
    }

    private static String path(String target) {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }
}
