package io.evenkeel.lab.load;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** What is asked: of fifty requests one is a POST and two are slow, always in the same order. Event-loop confined. */
final class Mix {

    private static final int ROUND = 50;

    private int next;

    /** A kind of request. Every answer says in {@code x-vvm} who gave it. */
    enum Kind {
        GET("/drill", ""),
        SLOW("/drill?delay=300ms", ""),
        POST("/drill", "nothing that may be said twice");

        private final String target;
        private final String body;

        Kind(String target, String body) {
            this.target = target;
            this.body = body;
        }

        String label() {
            return this == GET ? "get" : this == SLOW ? "slow" : "post";
        }

        FullHttpRequest message(InetSocketAddress to) {
            FullHttpRequest message = new DefaultFullHttpRequest(
                    HttpVersion.HTTP_1_1,
                    this == POST ? HttpMethod.POST : HttpMethod.GET,
                    target,
                    Unpooled.copiedBuffer(body, StandardCharsets.US_ASCII));
            message.headers().set(HttpHeaderNames.HOST, to.getHostString());
            if (!body.isEmpty()) {
                HttpUtil.setContentLength(message, body.length());
            }
            return message;
        }
    }

    Kind next() {
        int place = next++ % ROUND;
        return place == 7 ? Kind.POST : place == 20 || place == 40 ? Kind.SLOW : Kind.GET;
    }
}
