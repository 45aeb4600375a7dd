package io.evenkeel.proxy.admin;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/**
 * A complete answer of an admin endpoint. Immutable.
 *
 * @param allow the methods that would have been right, for a 405; otherwise empty
 */
record AdminResponse(HttpResponseStatus status, String contentType, String body, String allow) {

    static final String TEXT = "text/plain; charset=utf-8";
    static final String JSON = "application/json";
    static final String HTML = "text/html; charset=utf-8";

    static AdminResponse of(HttpResponseStatus status, String contentType, String body) {
        return new AdminResponse(status, contentType, body, "");
    }

    static AdminResponse text(HttpResponseStatus status, String line) {
        return of(status, TEXT, line + "\n");
    }

    static AdminResponse json(HttpResponseStatus status, String json) {
        return of(status, JSON, json + "\n");
    }

    static AdminResponse methodNotAllowed(String allow) {
        return new AdminResponse(
                HttpResponseStatus.METHOD_NOT_ALLOWED, TEXT, "this endpoint takes " + allow + "\n", allow);
    }

    /** As a message; its buffer belongs to whoever writes it, and writing releases it. */
    FullHttpResponse toHttp() {
        ByteBuf content = Unpooled.wrappedBuffer(body.getBytes(StandardCharsets.UTF_8));
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
        HttpHeaders headers = response.headers();
        describe(headers, contentType);
        headers.set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
        if (!allow.isEmpty()) {
            headers.set(HttpHeaderNames.ALLOW, allow);
        }
        return response;
    }

    /** Sets what every answer says of itself: it ends its connection, and no browser may store, sniff, frame or run it. */
    static void describe(HttpHeaders headers, String contentType) {
        headers.set(HttpHeaderNames.CONTENT_TYPE, contentType);
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        headers.set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        headers.set("x-content-type-options", "nosniff");
        headers.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
    }
}
