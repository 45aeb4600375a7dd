package io.evenkeel.proxy.admin;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One admin connection: takes one request, answers it and closes. That bounds everything: no pipelining, no idle connections, and two
 * deadlines, one for the request and one for the answer. Only {@link EventFeeds} answer without an end.
 *
 * <p><b>Threading.</b> Event-loop confined; what may take time runs on the worker.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what matters of a close or a write is the channel's own closing
final class AdminHandler extends SimpleChannelInboundHandler<HttpObject> {

    private static final Logger LOG = LoggerFactory.getLogger(AdminHandler.class);

    /** Nothing here needs a body; some tools send a small one all the same. */
    private static final int MAX_BODY_BYTES = 1_024;

    private final AdminContext shared;
    private @Nullable Future<?> deadline;
    private @Nullable HttpRequest head;
    private long announcedBytes;
    private long bodyBytes;
    private boolean answered;

    AdminHandler(AdminContext shared) {
        this.shared = shared;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        closeAfter(context, shared.limits().request());
        context.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        cancelDeadline();
        context.fireChannelInactive();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (answered) {
            return;
        }
        if (message.decoderResult().isFailure()) {
            answer(context, AdminResponse.text(HttpResponseStatus.BAD_REQUEST, "malformed request"));
            return;
        }
        if (message instanceof HttpRequest request) {
            head = request;
            announcedBytes = HttpUtil.getContentLength(request, 0L);
        } else if (message instanceof HttpContent content) {
            bodyBytes += content.content().readableBytes();
        }
        HttpRequest request = head;
        if (Math.max(announcedBytes, bodyBytes) > MAX_BODY_BYTES) {
            answer(context, AdminResponse.text(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "no body is needed"));
        } else if (message instanceof LastHttpContent && request != null) {
            serve(context, request);
        }
    }

    private void serve(ChannelHandlerContext context, HttpRequest request) {
        QueryStringDecoder query = new QueryStringDecoder(request.uri());
        AdminEndpoint endpoint = AdminEndpoint.at(query.path());
        String refusal = shared.guard().refusal(request, client(context));
        if (refusal != null) {
            answer(context, AdminResponse.text(HttpResponseStatus.FORBIDDEN, refusal));
        } else if (endpoint == null) {
            answer(context, AdminPages.notFound());
        } else if (!endpoint.takes(request.method())) {
            answer(context, AdminResponse.methodNotAllowed(endpoint.allow()));
        } else if (endpoint == AdminEndpoint.EVENTS) {
            openFeed(context, request, query);
        } else if (endpoint.isImmediate()) {
            answer(context, answerOrError(endpoint, query));
        } else {
            answerFromWorker(context, endpoint, query);
        }
    }

    private static InetAddress client(ChannelHandlerContext context) {
        return ((InetSocketAddress) context.channel().remoteAddress()).getAddress();
    }

    private void openFeed(ChannelHandlerContext context, HttpRequest request, QueryStringDecoder query) {
        AdminResponse refusal = shared.feeds().open(context.channel(), request, query);
        if (refusal != null) {
            answer(context, refusal);
        } else {
            answered = true;
            cancelDeadline();
        }
    }

    private void answerFromWorker(ChannelHandlerContext context, AdminEndpoint endpoint, QueryStringDecoder query) {
        answered = true;
        closeAfter(context, shared.limits().answer());
        try {
            shared.worker().execute(() -> send(context, answerOrError(endpoint, query)));
        } catch (RejectedExecutionException e) {
            send(context, AdminResponse.text(HttpResponseStatus.SERVICE_UNAVAILABLE, "busy"));
        }
    }

    private void answer(ChannelHandlerContext context, AdminResponse answer) {
        answered = true;
        closeAfter(context, shared.limits().answer());
        send(context, answer);
    }

    /** A defect behind one endpoint must neither leave its client waiting nor stop the worker. */
    private AdminResponse answerOrError(AdminEndpoint endpoint, QueryStringDecoder query) {
        try {
            return shared.pages().answer(endpoint, query);
        } catch (IOException | RuntimeException e) {
            LOG.error("admin: {} failed", endpoint.path(), e);
            return AdminResponse.text(HttpResponseStatus.INTERNAL_SERVER_ERROR, "internal error; see the log");
        }
    }

    private static void send(ChannelHandlerContext context, AdminResponse answer) {
        context.writeAndFlush(answer.toHttp()).addListener(ChannelFutureListener.CLOSE);
    }

    private void closeAfter(ChannelHandlerContext context, Duration time) {
        cancelDeadline();
        deadline = context.executor().schedule(() -> close(context), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void close(ChannelHandlerContext context) {
        context.close();
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("admin: connection from {} failed", context.channel().remoteAddress(), cause);
        context.close();
    }
}
