package io.evenkeel.proxy.tunnel;

import io.evenkeel.proxy.loop.Deadline;
import io.evenkeel.proxy.loop.DeadlineWheel;
import io.evenkeel.proxy.loop.LoopClock;
import io.evenkeel.proxy.telemetry.ExchangeBytes;
import io.evenkeel.proxy.telemetry.Failure;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A client's and an endpoint's connection that carry another protocol than HTTP to each other, until both have ended, one breaks, both fall silent, or
 * the router itself has to end it. Buffers pass as they came; what one side cannot take is for the caller not to read. Event-loop confined.
 *
 * <p>A WebSocket that the router ends is told so on both sides, by a Close frame where the frame under way ends, and then given a moment for the
 * answers (RFC 6455 §7.1.1). Other protocols are not known well enough for that.
 */
public final class Tunnel {

    /** 5 s for the frames under way to end and both sides to answer: a few round trips to the farthest client, and no reason to hold up a shutdown. */
    static final long CLOSE_NANOS = 5_000_000_000L;

    private final TunnelTerms terms;
    private final LoopClock clock;
    private final DeadlineWheel deadlines;
    private final Deadline deadline = new Deadline(this::onPassed);
    private final Lane toEndpoint;
    private final Lane toClient;
    private @Nullable Failure leaving;
    private boolean over;

    public Tunnel(TunnelEnd client, TunnelEnd endpoint, TunnelTerms terms, LoopClock clock, DeadlineWheel deadlines) {
        this.terms = terms;
        this.clock = clock;
        this.deadlines = deadlines;
        this.toEndpoint = new Lane(endpoint, frames(), GoingAway::toServer);
        this.toClient = new Lane(client, frames(), GoingAway::toClient);
        allow(terms.idleNanos());
    }

    private @Nullable WebSocketFrames frames() {
        return terms.webSocket() ? new WebSocketFrames() : null;
    }

    /** <b>Ownership.</b> Takes {@code bytes}. */
    public void fromClient(ByteBuf bytes) {
        bytes().receivedBody(bytes.readableBytes());
        relay(toEndpoint, bytes);
    }

    /** <b>Ownership.</b> Takes {@code bytes}. */
    public void fromEndpoint(ByteBuf bytes) {
        bytes().sentBody(bytes.readableBytes());
        relay(toClient, bytes);
    }

    private void relay(Lane lane, ByteBuf bytes) {
        if (over) {
            bytes.release();
            return;
        }
        lane.relay(bytes);
        if (leaving == null) {
            allow(terms.idleNanos());
        } else {
            look();
        }
    }

    /** The client sends no more. */
    public void onClientEnd() {
        toEndpoint.end(this::look);
    }

    /** The endpoint sends no more. */
    public void onEndpointEnd() {
        toClient.end(this::look);
    }

    /** The client has broken the connection. Who has said Close before is done with it, and not all then wait for the answer (RFC 6455 §7.1.1). */
    public void onClientBroken() {
        end(toEndpoint.saidClose() ? leaving : Failure.CLIENT_ABORTED);
    }

    /** The endpoint has, likewise. */
    public void onEndpointBroken() {
        end(toClient.saidClose() ? leaving : Failure.TUNNEL_RESET);
    }

    /** Ends it for the router's own reason: at once, or as a WebSocket ends. Said again, nothing happens. */
    public void leave(Failure why) {
        if (!terms.webSocket()) {
            end(why);
        } else if (leaving == null && !over) {
            leaving = why;
            allow(CLOSE_NANOS);
            toClient.close();
            toEndpoint.close();
            look();
        }
    }

    /** Ends it at once, because something broke. */
    public void end(@Nullable Failure why) {
        if (!over) {
            over = true;
            deadlines.cancel(deadline);
            terms.onEnd().accept(why);
        }
    }

    private void look() {
        if ((toEndpoint.finished() && toClient.finished())
                || (leaving != null && toEndpoint.done() && toClient.done())) {
            end(leaving);
        }
    }

    private void allow(long nanos) {
        if (nanos > 0) {
            deadlines.set(deadline, clock.batchNanos() + nanos);
        }
    }

    private void onPassed() {
        if (leaving == null) {
            leave(Failure.TUNNEL_IDLE);
        } else {
            end(leaving);
        }
    }

    private ExchangeBytes bytes() {
        return terms.bytes();
    }
}
