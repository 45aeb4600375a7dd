package io.evenkeel.proxy.exchange;

import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.upstream.UpstreamConnection;
import io.evenkeel.proxy.upstream.UpstreamUser;
import io.netty.buffer.ByteBuf;

/** What happens on the upstream side of an exchange, and what it lets it wait for: turned into steps of the exchange. Event-loop confined. */
final class UpstreamSide implements UpstreamUser {

    private final Exchange exchange;
    private final RequestRelay request;
    private final ResponseRelay response;
    private final Attempts attempts;
    private final UpstreamPatience patience;
    private final Recording recording;

    UpstreamSide(
            Exchange exchange, RequestRelay request, ResponseRelay response, LoopContext loop, Recording recording) {
        this.exchange = exchange;
        this.request = request;
        this.response = response;
        this.recording = recording;
        this.attempts = new Attempts(this, exchange.picking(), request, loop, recording);
        this.patience = new UpstreamPatience(this, loop);
    }

    /** The phases pick and acquire of the next attempt. */
    void attempt(RouteBinding taken) {
        patience.await(UpstreamWait.CONNECTION, taken.route().timeouts().pendingNanos());
        Failure none = attempts.next(taken);
        if (none != null) {
            exchange.conclude(none);
        }
    }

    @Override
    public void onAcquired(UpstreamConnection connection) {
        attempts.onAcquired(connection);
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

    @Override
    public void onAcquireFailed(Failure failure) {
        attempts.onAcquireFailed();
        exchange.fail(failure);
    }

    /** What may be tried elsewhere is; the rest goes on, because the endpoint may yet answer, and nothing is won by failing it now. */
    @Override
    public void onEndpointUnfit() {
        Failure failure = attempts.connection() == null ? Failure.CONNECT_ABANDONED : Failure.ENDPOINT_UNHEALTHY;
        if (!response.begun()) {
            exchange.abandon(failure);
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
            patience.await(UpstreamWait.RESPONSE_HEAD, exchange.timeouts().responseHeadNanos());
        }
    }

    @Override
    public void onUpstreamBytes(ByteBuf bytes) {
        Failure failure = response.relay(bytes);
        if (failure != null) {
            exchange.fail(failure);
        } else if (response.done()) {
            exchange.succeed();
        } else if (response.begun()) {
            patience.onProgress();
            regulate();
        }
    }

    /** The head of the final response has come. */
    void onResponseHead() {
        patience.await(UpstreamWait.RESPONSE_BODY, exchange.timeouts().idleNanos());
    }

    @Override
    public void onUpstreamReadComplete() {
        exchange.downstream().flush();
        recording.responseFlushed(response.begun());
    }

    /** What the client cannot take is not asked for. */
    private void regulate() {
        boolean writable = exchange.downstream().isWritable();
        UpstreamConnection connection = attempts.connection();
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

    @Override
    public void onUpstreamWritable() {
        patience.onProgress();
        exchange.downstream().process();
        exchange.flushRequest();
    }

    @Override
    public void onUpstreamClosed(boolean broken) {
        Failure failure = response.close(broken);
        if (failure != null) {
            exchange.fail(failure);
        } else {
            exchange.succeed();
        }
    }

    @Override
    public void onInterrupted(Failure failure) {
        exchange.fail(failure);
    }

    /** The exchange has waited for this for longer than its route allows. */
    void onImpatience(UpstreamWait wait) {
        switch (wait) {
            case CONNECTION -> exchange.fail(Failure.PENDING_TIMEOUT);
            case RESPONSE_HEAD -> exchange.fail(Failure.RESPONSE_HEAD_TIMEOUT);
            case RESPONSE_BODY -> onSilence(!exchange.downstream().isWritable());
            case REQUEST_TAKEN -> onSilence(!request.blocked());
            case NOTHING -> {}
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
