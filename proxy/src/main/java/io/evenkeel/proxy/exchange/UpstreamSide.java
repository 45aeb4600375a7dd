package io.evenkeel.proxy.exchange;

import io.evenkeel.balancer.endpoint.Fault;
import io.evenkeel.proxy.http.ResponseHead;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.telemetry.Overflow;
import io.evenkeel.proxy.upstream.UpstreamConnection;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/** What happens on the upstream side of an exchange, and what it lets it wait for: turned into steps of the exchange. Event-loop confined. */
final class UpstreamSide {

    private final Exchange exchange;
    private final RequestRelay request;
    private final ResponseRelay response;
    private final Attempts attempts;
    private final UpstreamPatience patience;
    private final Recording recording;
    private final LoopContext loop;

    UpstreamSide(
            Exchange exchange, RequestRelay request, ResponseRelay response, LoopContext loop, Recording recording) {
        this.exchange = exchange;
        this.request = request;
        this.response = response;
        this.recording = recording;
        this.loop = loop;
        this.attempts = new Attempts(this, exchange.picking(), request, loop, recording);
        this.patience = new UpstreamPatience(this, loop);
    }

    /** The client's connection. */
    Channel clientChannel() {
        return exchange.downstream().channel();
    }

    /** The phase acquire of the attempt that was chosen. */
    void attempt(RouteBinding taken) {
        patience.await(UpstreamWait.CONNECTION, taken.route().timeouts().pendingNanos());
        patience.beginTry(request.done() ? taken.rules().perTryNanos() : 0);
        attempts.start(taken);
    }

    /** An attempt has a connection. */
    void onAcquired(Attempt by, UpstreamConnection connection) {
        if (by != attempts.working()) {
            request.sendAlsoTo(connection);
            by.onSent(loop.clock.nanos());
            return;
        }
        recording.acquired();
        request.sendTo(connection);
        if (request.done()) {
            awaitResponse();
        } else {
            patience.await(UpstreamWait.REQUEST_TAKEN, exchange.timeouts().idleNanos());
            exchange.downstream().process();
        }
        exchange.flushRequest();
    }

    /** An attempt gets no connection. */
    void onAcquireFailed(Attempt by, Failure failure) {
        if (failure == Failure.PENDING_OVERFLOW) {
            exchange.binding().upstreamMeter().overflowed(Overflow.PENDING);
        }
        if (by == attempts.working()) {
            exchange.fail(failure);
        } else {
            attempts.endHedge(failure);
        }
    }

    /** What may be tried elsewhere is; the rest goes on, because the endpoint may yet answer, and nothing is won by failing it now. */
    void onEndpointUnfit(Attempt by) {
        Failure failure = by.connection() == null ? Failure.CONNECT_ABANDONED : Failure.ENDPOINT_UNHEALTHY;
        if (by == attempts.working()) {
            exchange.retry(failure);
        } else {
            attempts.endHedge(failure);
        }
    }

    /** The endpoint has got, or will get without further ado, more of the request. */
    void onRequestRelayed() {
        if (request.done()) {
            awaitResponse();
        } else {
            patience.onProgress();
        }
    }

    private void awaitResponse() {
        if (!response.begun()) {
            if (!patience.trying()) {
                patience.beginTry(exchange.binding().rules().perTryNanos());
            }
            patience.await(UpstreamWait.RESPONSE_HEAD, exchange.timeouts().responseHeadNanos());
            long alone = exchange.binding().retries().hedgeNanos();
            if (alone > 0 && attempts.mayHedge()) {
                patience.hedgeAfter(alone);
            }
        }
    }

    /** The endpoint has taken longer than most. */
    void onHedgeTime() {
        attempts.hedge(exchange.binding());
    }

    /** The attempt at work has failed for this reason, but its hedge goes on; false: there is none, or the reason is not the endpoint's. */
    boolean goesOn(Failure failure) {
        if (!attempts.hedged() || failure.retry() == Failure.Retry.NEVER) {
            return false;
        }
        attempts.promoteHedge(failure);
        patience.beginTry(exchange.binding().rules().perTryNanos());
        if (attempts.working().connection() == null) {
            patience.await(UpstreamWait.CONNECTION, exchange.timeouts().pendingNanos());
        } else {
            patience.await(UpstreamWait.RESPONSE_HEAD, exchange.timeouts().responseHeadNanos());
        }
        return true;
    }

    /** <b>Ownership.</b> Takes {@code bytes}. */
    void onUpstreamBytes(Attempt by, ByteBuf bytes) {
        patience.endHedge();
        if (attempts.hedged()) {
            attempts.settle(by);
        }
        Failure failure = response.relay(bytes);
        if (failure != null) {
            exchange.fail(failure);
        } else if (response.declined()) {
            exchange.repeat();
        } else if (response.done()) {
            exchange.succeed();
        } else if (response.begun() && !exchange.tunnels()) {
            patience.onProgress();
            regulate();
        }
    }

    /** <b>Ownership.</b> Takes {@code part}, of a body that the endpoint's transport frames. */
    void onUpstreamData(Attempt by, ByteBuf part) {
        Failure failure = response.relayPart(part);
        if (failure != null) {
            exchange.fail(failure);
        } else {
            patience.onProgress();
            regulate();
        }
    }

    /** <b>Ownership.</b> Takes {@code trailers}, or null where there are none. */
    void onUpstreamEnd(@Nullable ByteBuf trailers) {
        if (trailers != null && request.grpc() && Grpc.unavailable(trailers)) {
            attempts.working().onFault(Fault.GATEWAY);
        }
        Failure failure = response.end(trailers);
        if (failure != null) {
            exchange.fail(failure);
        } else {
            exchange.succeed();
        }
    }

    /** Whether this final response is thrown away for another attempt, which is chosen then. */
    boolean declines(ResponseHead head) {
        if (!attempts.declines(head, exchange.binding())) {
            return false;
        }
        attempts.working().onHead(head, loop.clock.batchNanos());
        return true;
    }

    /** The head of the final response has come, and is passed on. */
    void onResponseHead(ResponseHead head) {
        long now = loop.clock.batchNanos();
        attempts.working().onHead(head, now);
        if (request.grpc() && Grpc.unavailable(head)) {
            attempts.working().onFault(Fault.GATEWAY);
        }
        if (attempts.working().well()) {
            exchange.binding().retries().answered(now, attempts.working().headNanos());
        }
        patience.endTry();
        patience.await(UpstreamWait.RESPONSE_BODY, exchange.timeouts().idleNanos());
    }

    /** The endpoint has switched to another protocol: nothing is waited for any more, however long that takes. */
    void onUpgraded(ResponseHead head) {
        onResponseHead(head);
        patience.end();
    }

    /** For now there is no more to read. */
    void onUpstreamReadComplete(Attempt by) {
        if (by != attempts.working()) {
            return;
        }
        exchange.downstream().flush();
        recording.responseFlushed(response.begun());
    }

    /** What the client cannot take is not asked for. */
    private void regulate() {
        boolean writable = exchange.downstream().isWritable();
        UpstreamConnection connection = attempts.working().connection();
        if (connection != null) {
            connection.reading(writable);
        }
        if (!writable && request.done()) {
            exchange.downstream().await(ClientWait.TAKING);
        }
    }

    void onDownstreamWritable() {
        if (response.begun()) {
            exchange.downstream().onTaken();
            patience.onProgress();
            regulate();
        }
    }

    /** The endpoint takes more of the request. */
    void onUpstreamWritable(Attempt by) {
        if (by != attempts.working()) {
            return;
        }
        patience.onProgress();
        exchange.downstream().process();
        exchange.flushRequest();
    }

    /** The connection has ended, by a fault where {@code broken}. */
    void onUpstreamClosed(Attempt by, boolean broken) {
        if (by != attempts.working()) {
            attempts.endHedge(Failure.UPSTREAM_RESET);
            return;
        }
        Failure failure = response.close(broken);
        if (failure != null) {
            exchange.fail(failure);
        } else {
            exchange.succeed();
        }
    }

    /** The router itself wants this attempt given up. */
    void onInterrupted(Attempt by, Failure failure) {
        if (by == attempts.working()) {
            exchange.fail(failure);
        } else {
            attempts.endHedge(failure);
        }
    }

    /** The exchange has waited for this for longer than its route allows. */
    void onImpatience(UpstreamWait wait) {
        switch (wait) {
            case CONNECTION -> exchange.fail(Failure.PENDING_TIMEOUT);
            case RESPONSE_HEAD -> exchange.fail(Failure.RESPONSE_HEAD_TIMEOUT);
            case RESPONSE_BODY -> onSilence(!exchange.downstream().isWritable());
            case REQUEST_TAKEN -> onRequestSilence();
            case NOTHING -> {}
        }
    }

    /** Clients of gRPC may be as slow to send as they like, but not silent for ever. */
    private void onRequestSilence() {
        if (request.grpc() && !request.blocked()) {
            exchange.fail(Failure.DOWNSTREAM_IDLE);
        } else {
            onSilence(!request.blocked());
        }
    }

    /** A client that is slow to send or to take is the client's patience to judge. */
    private void onSilence(boolean clientIsSlow) {
        if (clientIsSlow) {
            patience.onProgress();
        } else {
            exchange.fail(Failure.UPSTREAM_IDLE);
        }
    }

    /** An attempt that has not got as far as a connection by now may be black-holed, and nothing of the request was sent. */
    void onTryTimeout() {
        boolean connected = attempts.working().connection() != null;
        exchange.fail(connected ? Failure.PER_TRY_TIMEOUT : Failure.CONNECT_TIMEOUT);
    }

    void onTotalTimeout() {
        exchange.fail(Failure.TOTAL_TIMEOUT);
    }

    Attempts attempts() {
        return attempts;
    }

    UpstreamPatience patience() {
        return patience;
    }
}
