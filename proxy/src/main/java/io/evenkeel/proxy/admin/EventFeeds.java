package io.evenkeel.proxy.admin;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import org.jspecify.annotations.Nullable;

/** The subscribers of {@code /events}, up to so many at a time. Confined to the admin event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // what matters of a write is the channel's own closing
final class EventFeeds {

    private static final String EVENT_STREAM = "text/event-stream";

    private final AdminView view;
    private final AdminLimits limits;
    private int subscribers;

    EventFeeds(AdminView view, AdminLimits limits) {
        this.view = view;
        this.limits = limits;
    }

    /** Answers with events from now on until the connection closes, or gives the answer to send instead. */
    @Nullable
    AdminResponse open(Channel channel, HttpRequest request, QueryStringDecoder query) {
        FeedRequest wanted;
        try {
            wanted = FeedRequest.of(request.headers(), query.parameters());
        } catch (IllegalArgumentException e) {
            return AdminResponse.text(HttpResponseStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
        if (subscribers >= limits.subscribers()) {
            return AdminResponse.text(
                    HttpResponseStatus.SERVICE_UNAVAILABLE, "there are " + subscribers + " subscribers; no more fit");
        }
        begin(channel, request.method(), wanted);
        return null;
    }

    /** An event is worth most at once and uncompressed, and the end of the connection is the end of the stream. */
    private void begin(Channel channel, HttpMethod method, FeedRequest wanted) {
        channel.pipeline().remove(HttpContentCompressor.class);
        channel.write(head());
        if (method.equals(HttpMethod.HEAD)) {
            channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        subscribers++;
        channel.closeFuture().addListener(closed -> subscribers--);
        channel.pipeline().addLast(new EventFeed(channel, wanted, view, limits.heartbeat()));
    }

    private static HttpResponse head() {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        AdminResponse.describe(head.headers(), EVENT_STREAM);
        head.headers().set("x-accel-buffering", "no"); // or nginx keeps events back
        return head;
    }
}
