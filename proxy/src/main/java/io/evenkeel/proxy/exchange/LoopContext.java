package io.evenkeel.proxy.exchange;

import io.evenkeel.balancer.policy.PickState;
import io.evenkeel.proxy.http.ErrorResponse;
import io.evenkeel.proxy.http.GrpcResponse;
import io.evenkeel.proxy.http.HttpDate;
import io.evenkeel.proxy.http.RedirectResponse;
import io.evenkeel.proxy.http.RequestHead;
import io.evenkeel.proxy.http.RequestHeadWriter;
import io.evenkeel.proxy.http.ResponseHead;
import io.evenkeel.proxy.http.ResponseHeadEditor;
import io.evenkeel.proxy.loop.DeadlineWheel;
import io.evenkeel.proxy.loop.LoopClock;
import io.evenkeel.proxy.loop.LoopShare;
import io.evenkeel.proxy.overload.OverloadState;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.telemetry.LoopTelemetry;
import io.evenkeel.proxy.telemetry.TlsMeter;
import io.evenkeel.proxy.upstream.LoopPools;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** What all exchanges of one event loop share: scratch space, pools, clocks, telemetry. Event-loop confined. */
public final class LoopContext {

    /** The largest head that configuration allows, 64 KiB, and the most field lines. */
    private static final int MAX_HEAD_BYTES = 64 * 1024;

    static final int MAX_FIELDS = 500;

    /** A trailer section beyond this is refused as malformed. */
    static final int MAX_TRAILER_BYTES = 8 * 1024;

    /** Exchanges kept for reuse; more than are at work at once on one busy loop are left to the garbage collector. */
    private static final int MAX_SPARE = 4096;

    final LoopClock clock;
    final DeadlineWheel deadlines;
    final LoopTelemetry telemetry;
    final LoopPools pools;
    final InstantSource wallClock;
    final RequestHead requestHead = new RequestHead(MAX_HEAD_BYTES, MAX_FIELDS);
    final ResponseHead responseHead = new ResponseHead(MAX_HEAD_BYTES, MAX_FIELDS);
    final HttpDate date;
    final RequestHeadWriter requestHeadWriter = new RequestHeadWriter();
    final ResponseHeadEditor responseHeadEditor;
    final ErrorResponse errorResponse;
    final RedirectResponse redirectResponse;
    final GrpcResponse grpcResponse;
    final FailureLog failureLog;
    final OverloadState overload;
    final LoopRetries retries;

    private final SplittableRandom random;
    private final Map<String, PickState> picks = new HashMap<>();
    private final ArrayDeque<Exchange> spare = new ArrayDeque<>();
    private boolean draining;

    public LoopContext(
            LoopClock clock,
            DeadlineWheel deadlines,
            LoopTelemetry telemetry,
            LoopPools pools,
            InstantSource wallClock,
            SplittableRandom random,
            LoopShare share,
            OverloadState overload) {
        this.clock = clock;
        this.deadlines = deadlines;
        this.telemetry = telemetry;
        this.pools = pools;
        this.wallClock = wallClock;
        this.random = random;
        this.retries = new LoopRetries(share, telemetry);
        this.overload = overload;
        this.failureLog = new FailureLog(clock);
        this.date = new HttpDate(wallClock);
        this.responseHeadEditor = new ResponseHeadEditor(date);
        this.errorResponse = new ErrorResponse(date);
        this.redirectResponse = new RedirectResponse(date);
        this.grpcResponse = new GrpcResponse(date);
    }

    public LoopClock clock() {
        return clock;
    }

    public DeadlineWheel deadlines() {
        return deadlines;
    }

    public LoopTelemetry telemetry() {
        return telemetry;
    }

    /** Overwritten by the next request head that anybody on this loop reads. */
    public RequestHead requestHead() {
        return requestHead;
    }

    public ErrorResponse errorResponse() {
        return errorResponse;
    }

    public HttpDate date() {
        return date;
    }

    /** The exchange of the next request on this connection or stream. */
    public Exchange newExchange(Downstream downstream) {
        Exchange exchange = spare.pollLast();
        if (exchange == null) {
            exchange = new Exchange(this, random.split());
        }
        exchange.begin(downstream);
        return exchange;
    }

    /** Takes back an exchange that has ended and that nobody refers to any more. */
    void recycle(Exchange exchange) {
        if (spare.size() < MAX_SPARE) {
            spare.addLast(exchange);
        }
    }

    /** This loop's memory of picks among certain endpoints, such as those of an upstream; the same over reloads. */
    PickState picks(String endpoints) {
        return picks.computeIfAbsent(endpoints, name -> new PickState(random.nextLong()));
    }

    /** From now on every response tells its client that the connection ends. */
    public void drain() {
        draining = true;
    }

    /** Counts what failed before it could become an exchange. */
    public void refused(Failure failure) {
        telemetry.failed(failure);
    }

    /** Counts the TLS handshakes of the listener of this name. */
    public TlsMeter tlsMeter(String listener) {
        return telemetry.tlsMeter(listener);
    }

    /** Whether listening sockets accept connections. */
    public boolean accepting() {
        return overload.accepting();
    }

    /** A connection was accepted. */
    public void onAccepted() {
        overload.onAccepted();
    }

    boolean draining() {
        return draining;
    }
}
