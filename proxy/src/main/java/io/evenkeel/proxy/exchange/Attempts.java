package io.evenkeel.proxy.exchange;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.policy.Tried;
import io.evenkeel.proxy.http.ResponseHead;
import io.evenkeel.proxy.route.Route;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.telemetry.Overflow;
import io.evenkeel.proxy.upstream.EndpointPool;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one exchange: chooses an endpoint for each, and knows whether a failed one may be followed by another. Event-loop confined.
 *
 * <p><b>Ownership.</b> The endpoint of the next attempt is chosen, and its permit taken, while the last attempt is still at work: so what was answered is
 * given up only for an attempt that will be made. A hedge is such a next attempt for which the last is not given up: both go on until one of them answers.
 */
final class Attempts {

    /** Endpoints looked at for one attempt while those picked have no room: as many as are worth the time of all other requests. */
    private static final int MOST_PICKS = 8;

    /**
     * Tries that do not count, because an endpoint ended its connection without having looked at the request: orderly restarts must not cost requests, and
     * endpoints that do nothing else must not cost for ever.
     */
    private static final int MOST_UNPROCESSED = 5;

    private final UpstreamSide side;
    private final Picking picking;
    private final RequestRelay request;
    private final Recording recording;
    private final LoopContext loop;
    private final Tried tried = new Tried();
    private Attempt working;
    private Attempt chosen;
    private int made;
    private int unprocessed;
    private boolean hedged;

    Attempts(UpstreamSide side, Picking picking, RequestRelay request, LoopContext loop, Recording recording) {
        this.side = side;
        this.picking = picking;
        this.request = request;
        this.loop = loop;
        this.recording = recording;
        this.working = new Attempt(side);
        this.chosen = new Attempt(side);
    }

    void reset() {
        tried.clear();
        made = 0;
        unprocessed = 0;
        hedged = false;
    }

    /** Chooses where the next attempt goes: not where one was, where there is another. Null, or why there is nowhere. */
    @Nullable
    Failure choose(RouteBinding binding) {
        for (int i = 0; i < MOST_PICKS; i++) {
            EndpointState picked = picking.pick(binding, tried);
            if (picked == null) {
                return Failure.NO_ENDPOINT;
            }
            boolean again = tried.contains(picked);
            tried.add(picked);
            if (chosen.begin(picked)) {
                return null;
            }
            if (again) {
                break;
            }
        }
        binding.upstreamMeter().overflowed(Overflow.ENDPOINTS);
        return Failure.ENDPOINTS_FULL;
    }

    /** Makes the attempt that was chosen; the one before has ended. */
    void start(RouteBinding binding) {
        swap();
        make(working, binding);
    }

    private void swap() {
        Attempt other = chosen;
        chosen = working;
        working = other;
    }

    private void make(Attempt next, RouteBinding binding) {
        Route route = binding.route();
        if (made++ > 0) {
            binding.upstreamMeter().retried();
        }
        EndpointState endpoint = Objects.requireNonNull(next.endpoint());
        EndpointPool pool = loop.pools.pool(endpoint, route.upstreamConfig(), side.clientChannel());
        recording.picked(endpoint.text());
        next.acquire(pool, maxIdleNanos(route));
    }

    /** A request that must not be sent twice, or that met a dead connection before, gets one that was alive just now. */
    private long maxIdleNanos(Route route) {
        if (made > 1) {
            return -1;
        }
        return request.safeToRepeat()
                ? Long.MAX_VALUE
                : route.upstreamConfig().pool().unsafeReuseWindow().toNanos();
    }

    /** Whether the attempt at work, failed like this, is to be followed by another, which is chosen then (RFC 9110 §9.2.2). */
    boolean chooseAfter(Failure failure, RouteBinding binding) {
        boolean allowed =
                switch (failure.retry()) {
                    case NEVER -> false;
                    case ALWAYS -> true;
                    case IF_AT_HAND -> request.atHand();
                    case IF_REPLAYABLE -> request.mayRepeat();
                };
        boolean free = failure == Failure.STREAM_UNPROCESSED && unprocessed < MOST_UNPROCESSED;
        return allowed && (free ? chooseFree(binding) : chooseAnother(binding));
    }

    private boolean chooseFree(RouteBinding binding) {
        unprocessed++;
        return choose(binding) == null;
    }

    /** Whether this answer to the attempt at work is thrown away for another attempt, which is chosen then. */
    boolean declines(ResponseHead head, RouteBinding binding) {
        return binding.rules().declines(head) && request.mayRepeat() && chooseAnother(binding);
    }

    private boolean chooseAnother(RouteBinding binding) {
        if (made - unprocessed >= binding.rules().maxAttempts()
                || !binding.retries().begin(loop.clock.batchNanos())) {
            return false;
        }
        if (choose(binding) != null) {
            binding.retries().end();
            return false;
        }
        chosen.retriedBy(binding.retries());
        return true;
    }

    /** Makes an attempt at another endpoint besides the one at work, if there is one and the upstream bears it. */
    void hedge(RouteBinding binding) {
        EndpointState slow = working.endpoint();
        if (hedged || !chooseAnother(binding)) {
            return;
        }
        if (chosen.endpoint() == slow) {
            chosen.cancel();
        } else {
            hedged = true;
            make(chosen, binding);
        }
    }

    /** Whether an attempt goes on besides the one at work. */
    boolean hedged() {
        return hedged;
    }

    /** One of two attempts was answered first: it is the one at work, and the other is over, which says nothing about its endpoint. */
    void settle(Attempt first) {
        if (first != working) {
            swap();
        }
        chosen.cancel();
        hedged = false;
        recording.answeredBy(working.endpointText());
    }

    /** The hedge has failed; the attempt at work goes on. */
    void endHedge(Failure failure) {
        chosen.end(failure);
        hedged = false;
        recording.answeredBy(working.endpointText());
    }

    /** The attempt at work has failed; the hedge goes on in its place. */
    void promoteHedge(Failure failure) {
        working.end(failure);
        swap();
        hedged = false;
    }

    /** Ends whatever is at work, for this reason. */
    void end(Failure failure) {
        working.end(failure);
        if (hedged) {
            chosen.cancel();
            hedged = false;
        }
    }

    /** Whether the attempt at work is the first, of a request that can be hedged. */
    boolean mayHedge() {
        return made == 1 && request.bodiless() && request.mayRepeat() && request.upgrade() == null;
    }

    /** The attempt at work, or the last one. */
    Attempt working() {
        return working;
    }
}
