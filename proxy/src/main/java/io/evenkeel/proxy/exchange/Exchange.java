package io.evenkeel.proxy.exchange;

import io.evenkeel.config.HttpsRedirectConfig;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.proxy.http.BodyReader;
import io.evenkeel.proxy.http.Method;
import io.evenkeel.proxy.http.RedirectResponse;
import io.evenkeel.proxy.http.RequestHead;
import io.evenkeel.proxy.http.RequestId;
import io.evenkeel.proxy.http.ResponseHead;
import io.evenkeel.proxy.http.ResponseHeadEditor;
import io.evenkeel.proxy.route.Route;
import io.evenkeel.proxy.route.RouteTimeouts;
import io.evenkeel.proxy.telemetry.ExchangeRecord;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.telemetry.RouteMeter;
import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response. Holds the state and sequences the phases; {@link RequestRelay}, {@link UpstreamSide}, {@link ResponseRelay} and
 * {@link Recording} do the work. Reused; event-loop confined.
 *
 * <p>An exchange ends once: in {@link #succeed}, or in {@link #conclude} with a failure. After that nobody refers to it.
 */
public final class Exchange {

    private final LoopContext loop;
    private final ExchangeRecord record = new ExchangeRecord();
    private final RequestId id;
    private final RequestRelay request = new RequestRelay(record.bytes());
    private final Picking picking;
    private final Admission admission = new Admission();
    private final ResponseRelay response;
    private final Recording recording;
    private final UpstreamSide upstream;
    private @Nullable Downstream downstream;
    private @Nullable RouteBinding binding;
    private boolean lastOnConnection;
    /** Only the end of the connection tells the client where the response ends. */
    private boolean endsByClose;

    private @Nullable Upgraded upgraded;

    Exchange(LoopContext loop, SplittableRandom random) {
        this.loop = loop;
        this.id = new RequestId(random);
        this.picking = new Picking(loop.clock);
        this.response = new ResponseRelay(this, loop);
        this.recording = new Recording(loop, record, id);
        this.upstream = new UpstreamSide(this, request, response, loop, recording);
    }

    void begin(Downstream connection) {
        downstream = connection;
        binding = null;
        lastOnConnection = false;
        endsByClose = false;
        upstream.attempts().reset();
        recording.begin();
    }

    /**
     * The phases route, pick and acquire, for a head that is whole and well-formed.
     *
     * @param spent the buffer the head came in, if there was nothing else in it; the exchange's to release
     */
    public void start(RequestHead head, @Nullable ByteBuf spent) {
        ListenerSettings settings = downstream().listener().settings();
        id.settle(head);
        RouteBinding taken = downstream().listener().route(head);
        binding = taken;
        boolean framed = taken != null && framed(taken);
        request.begin(
                head,
                taken == null ? 0 : Refusals.maxBodyBytes(taken.route(), settings),
                downstream().framed(),
                framed);
        recording.head(head, downstream().client(), settings.name());
        if (settings.redirect() != null) {
            ReferenceCountUtil.release(spent);
            redirect(head, settings.redirect());
            return;
        }
        Failure refusal = Refusals.misdirected(head, downstream().client());
        if (refusal == null) {
            refusal = taken == null ? Failure.NO_ROUTE : Refusals.of(head, taken.route(), settings, loop.overload);
        }
        if (taken != null) {
            recording.routed(taken.route(), settings.name());
            refusal = refusal != null
                    ? refusal
                    : Refusals.overLimit(head, downstream().client(), taken, loop);
        }
        if (refusal == null && taken != null) {
            forward(head, taken, settings, spent);
        } else {
            ReferenceCountUtil.release(spent);
            conclude(Objects.requireNonNull(refusal));
        }
    }

    private void redirect(RequestHead head, HttpsRedirectConfig to) {
        if (RedirectResponse.possible(head)) {
            answer(loop.redirectResponse.write(to, head, id, downstream().alloc()));
        } else {
            conclude(Failure.MALFORMED_REQUEST);
        }
    }

    /**
     * Answers with a head of the router's own that nothing follows, and ends.
     *
     * <p><b>Ownership.</b> Takes {@code octets}.
     */
    private void answer(ByteBuf octets) {
        Downstream connection = downstream();
        ResponseHead head = loop.responseHead;
        head.read(octets, octets.readableBytes(), LoopContext.MAX_FIELDS);
        lastOnConnection |= !mayKeep();
        record.bytes().sentHead(connection.writeHead(octets, head, persistence()));
        if (octets.isReadable()) {
            connection.write(octets);
        } else {
            octets.release();
        }
        connection.end();
        recording.finish(meter(), head.status(), null);
        end();
        connection.onExchangeEnd(lastOnConnection ? Persistence.LINGER : Persistence.KEEP);
        loop.recycle(this);
    }

    /** Whether the transport to the endpoints of this route tells where bodies end. */
    private static boolean framed(RouteBinding taken) {
        return taken.route().upstreamConfig().protocol() == UpstreamConfig.Protocol.HTTP2;
    }

    private void forward(RequestHead head, RouteBinding taken, ListenerSettings settings, @Nullable ByteBuf spent) {
        Route route = taken.route();
        request.repeatBy(taken.rules(), head, framed(taken));
        picking.begin(head, downstream().client(), taken);
        request.head(loop.requestHeadWriter.write(
                head,
                route.rewrite(),
                settings.forwarding(),
                downstream().client(),
                id,
                spent,
                downstream().alloc()));
        response.expect(route.upstreamConfig().pool().maxHeadBytes(), framed(taken));
        upstream.patience().begin(route.timeouts());
        if (request.grpc()) {
            upstream.patience().limit(Grpc.timeoutNanos(head));
        }
        downstream().await(request.done() || request.grpc() ? ClientWait.NOTHING : ClientWait.BODY);
        Failure none = admission.begin(taken) ? upstream.attempts().choose(taken) : Failure.UPSTREAM_FULL;
        if (none == null) {
            upstream.attempt(taken);
        } else {
            conclude(none);
        }
    }

    /**
     * Answers a request that is not served whatever its route.
     *
     * @param head the head, where it is well-formed and only asks for what is not to be had; null where it was not understood
     */
    public void refuse(Failure failure, @Nullable RequestHead head) {
        String listener = downstream().listener().settings().name();
        request.beginMalformed();
        if (head == null) {
            id.make();
            recording.malformed(downstream().client(), listener);
        } else {
            id.settle(head);
            recording.head(head, downstream().client(), listener);
        }
        lastOnConnection = true;
        conclude(failure);
    }

    /** Relays body octets from the client; returns as {@link BodyReader#read} does, or MALFORMED once the exchange has ended. */
    public int relayRequest(ByteBuf in) {
        if (upgraded != null) {
            int all = in.writerIndex();
            upgraded.fromClient(in.retain());
            return all;
        }
        int end = request.relay(in);
        if (end == BodyReader.MALFORMED) {
            lastOnConnection = true;
            fail(request.overLimit() ? Failure.BODY_TOO_LARGE : Failure.MALFORMED_REQUEST_BODY);
        } else {
            if (request.done()) {
                downstream().await(ClientWait.NOTHING);
            }
            upstream.onRequestRelayed();
        }
        return end;
    }

    /**
     * The client's transport has told the end of the request.
     *
     * <p><b>Ownership.</b> Takes {@code trailers}, field lines and the empty line, or null where there are none.
     */
    public void endRequest(@Nullable ByteBuf trailers) {
        if (onClientEnd()) {
            ReferenceCountUtil.release(trailers);
            return;
        }
        request.end(trailers);
        downstream().await(ClientWait.NOTHING);
        upstream.onRequestRelayed();
    }

    public void flushRequest() {
        if (upgraded != null) {
            upgraded.flush();
        } else if (request.flush()) {
            long now = loop.clock.nanos();
            recording.requestFlushed(request.done(), now);
            if (request.done()) {
                upstream.attempts().working().onSent(now);
            }
        }
    }

    /** The head of the final response is known. {@code closes}: the client can find its end only by the connection's. */
    void onResponseHead(ResponseHead head, boolean closes) {
        recording.responseHead();
        request.release();
        endsByClose = closes;
        lastOnConnection = closes || !mayKeep();
        if (request.done()) {
            downstream().await(ClientWait.NOTHING);
        }
        upstream.onResponseHead(head);
    }

    private boolean mayKeep() {
        int most = downstream().listener().settings().limits().maxRequestsPerConnection();
        return request.keepAlive()
                && request.done()
                && !downstream().listener().retired()
                && (most == 0 || downstream().served() < most);
    }

    /** What the head of the response says about the connection. */
    ResponseHeadEditor.Persistence persistence() {
        if (lastOnConnection) {
            return ResponseHeadEditor.Persistence.CLOSE;
        }
        return request.http10() ? ResponseHeadEditor.Persistence.KEEP_ALIVE : ResponseHeadEditor.Persistence.IMPLICIT;
    }

    public void onDownstreamWritable() {
        if (upgraded != null) {
            upgraded.onClientWritable();
        } else {
            upstream.onDownstreamWritable();
        }
    }

    /** Whether it has become a tunnel. */
    boolean tunnels() {
        return upgraded != null;
    }

    /** The client sends no more. False: unless this is a tunnel, that is for the client's side to judge. */
    boolean onClientEnd() {
        if (upgraded == null) {
            return false;
        }
        upgraded.onClientEnd();
        return true;
    }

    /** The connection is to end after this exchange; a tunnel, which would not end by itself, ends now. */
    public void retire() {
        if (upgraded != null) {
            upgraded.leave(Failure.SHUTDOWN);
        }
    }

    /** Whether a client that has closed its sending side may still be waiting for the response. */
    public boolean mayOutliveInput() {
        return request.done() && !response.begun();
    }

    /**
     * The endpoint has switched to the protocol it was asked for, and the client been told so: what either sends from now on is the other's.
     *
     * @param rest octets behind the endpoint's head; the exchange's to release
     */
    void upgrade(ResponseHead head, ByteBuf rest) {
        recording.responseHead();
        request.release();
        upstream.onUpgraded(head);
        downstream().await(ClientWait.NOTHING);
        downstream().flush();
        recording.responseFlushed(true);
        upgraded = new Upgraded(this, upstream.attempts().working(), request, loop);
        upgraded.onUpstreamBytes(rest);
        downstream().process();
    }

    /** The tunnel is over, for this reason or because both sides had ended. */
    void onTunnelEnd(@Nullable Failure failure) {
        Downstream connection = downstream();
        boolean broken = failure == Failure.CLIENT_ABORTED || failure == Failure.TUNNEL_RESET;
        if (!broken) {
            connection.end();
        }
        connection.flush();
        upstream.attempts().working().endTunnel(failure);
        recording.finish(meter(), response.status(), failure);
        end();
        if (failure == null) {
            connection.onExchangeEnd(Persistence.CLOSE);
        } else {
            connection.onExchangeEnd(broken ? Persistence.RESET : Persistence.LINGER);
        }
        loop.recycle(this);
    }

    /** The response is complete: gives it to the client, and ends. */
    void succeed() {
        Downstream connection = downstream();
        connection.end();
        connection.flush();
        recording.responseFlushed(true);
        boolean requestDone = request.done();
        upstream.attempts().working().succeed(response.connectionReusable() && requestDone);
        recording.finish(meter(), response.status(), null);
        end();
        if (!requestDone) {
            connection.onExchangeEnd(Persistence.LINGER);
        } else {
            connection.onExchangeEnd(lastOnConnection ? Persistence.CLOSE : Persistence.KEEP);
        }
        loop.recycle(this);
    }

    /** The attempt at work has failed, for a reason on either side: tries another where that is allowed, or gives up. */
    public void fail(Failure failure) {
        if (upgraded != null) {
            upgraded.fail(failure);
        } else if (!retry(failure)) {
            upstream.attempts().end(failure);
            request.detach();
            conclude(failure);
        }
    }

    /** Gives the attempt at work up for this reason and makes another, if that is allowed; false: it is not, and nothing has happened. */
    boolean retry(Failure failure) {
        RouteBinding taken = binding;
        if (taken == null || response.begun()) {
            return false;
        }
        if (upstream.goesOn(failure)) {
            return true;
        }
        if (!upstream.attempts().chooseAfter(failure, taken)) {
            return false;
        }
        upstream.attempts().working().end(failure);
        request.detach();
        response.reset();
        upstream.attempt(taken);
        return true;
    }

    /** Whether this response is thrown away, and followed by {@link #repeat}. */
    boolean declines(ResponseHead head) {
        return upstream.declines(head);
    }

    /** The attempt at work was answered, but not well enough: makes the one that was chosen. */
    void repeat() {
        upstream.attempts().working().succeed(response.connectionReusable() && request.done());
        request.detach();
        response.reset();
        upstream.attempt(binding());
    }

    /** Tells the client, where it can still be told, and ends. */
    void conclude(Failure failure) {
        Downstream connection = downstream();
        boolean begun = response.begun();
        int answer = request.grpc() ? GrpcAnswer.HTTP_STATUS : failure.status();
        int status = begun ? response.status() : answer;
        lastOnConnection |= begun || !mayKeep() || failure.status() == 499;
        if (connection.isActive() && failure != Failure.CLIENT_ABORTED) {
            tell(failure, begun);
        }
        recording.finish(meter(), status, failure);
        end();
        connection.onExchangeEnd(after(failure, begun));
        loop.recycle(this);
    }

    private void tell(Failure failure, boolean begun) {
        if (begun) {
            if (request.grpc() && downstream().framed()) {
                GrpcAnswer.end(downstream(), failure, id, loop);
            }
        } else if (request.grpc()) {
            record.bytes().sentHead(GrpcAnswer.write(this, failure, persistence()));
        } else {
            loop.errorResponse.adding(downstream().listener().settings().hsts());
            record.bytes()
                    .sentHead(downstream().writeError(failure, id, persistence(), request.method() == Method.HEAD));
        }
    }

    private Persistence after(Failure failure, boolean begun) {
        if (endsByClose || failure == Failure.CLIENT_ABORTED) {
            return Persistence.RESET;
        }
        if (begun) {
            return Persistence.CLOSE;
        }
        return lastOnConnection ? Persistence.LINGER : Persistence.KEEP;
    }

    private void end() {
        upstream.patience().end();
        request.detach();
        request.release();
        admission.end();
        response.reset();
        upgraded = null;
        downstream = null;
    }

    /** Whether there is an upstream connection that takes more of the request body, or of what a tunnel carries. */
    public boolean takesBody() {
        return request.takesBody() || upgraded != null;
    }

    /** Whether the endpoint takes no more of the request body for now. */
    public boolean requestBlocked() {
        return upgraded == null ? request.blocked() : upgraded.blocked();
    }

    public long requestBytes() {
        return request.bodyBytes();
    }

    private RouteMeter meter() {
        return binding == null ? downstream().listener().unrouted() : binding.meter();
    }

    /** Of the route taken; there is one. */
    RouteTimeouts timeouts() {
        return binding().route().timeouts();
    }

    /** The route taken; there is one. */
    RouteBinding binding() {
        return Objects.requireNonNull(binding);
    }

    RequestRelay request() {
        return request;
    }

    /** The line that the head of the response is to carry besides its own, or null. */
    byte @Nullable [] fieldLine(ResponseHead head) {
        return binding == null
                ? null
                : picking.answered(head, upstream.attempts().working().endpoint(), binding);
    }

    RequestId id() {
        return id;
    }

    LoopContext loop() {
        return loop;
    }

    Picking picking() {
        return picking;
    }

    ExchangeRecord record() {
        return record;
    }

    Downstream downstream() {
        return Objects.requireNonNull(downstream);
    }
}
