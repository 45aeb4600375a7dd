package io.evenkeel.perf.load;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Gives requests to idle connections when they are due, and measures each from the time it was due.
 *
 * <p>A request that finds no idle connection waits for one, and its waiting counts: a proxy that stalls is charged with
 * every request of the stall, not only with those that happened to be in flight (no coordinated omission).
 *
 * <p>Threading: event-loop confined.
 */
final class ConstantRate implements Answers {

    /** Longest latency the histogram can hold; a longer one is recorded as this. */
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final EventLoop loop;
    private final Plan plan;
    private final Promise<Outcome> outcome;
    private final ArrayDeque<ClientConnection> idle = new ArrayDeque<>();
    private final Histogram latencies = new Histogram(LONGEST_NANOS, 3);
    private final Runnable timer = this::onTimer;
    private int connections;
    private long beginNanos;
    private long sent;
    private long ended;
    private final AtomicLong errors = new AtomicLong();

    private @Nullable Future<?> pending;

    /** Expects this many connections, all on this loop. */
    ConstantRate(EventLoop loop, Plan plan, int connections) {
        this.loop = loop;
        this.plan = plan;
        this.connections = connections;
        this.outcome = loop.newPromise();
    }

    /** Completes when every request has ended; fails when the last connection is lost. */
    Future<Outcome> outcome() {
        return outcome;
    }

    /** The run begins now: request 0 is due at once. */
    void begin() {
        beginNanos = System.nanoTime();
        sendDue();
    }

    /** Recorded requests that failed so far. Callable from any thread. */
    long errors() {
        return errors.get();
    }

    @Override
    public void onOpen(ClientConnection connection) {
        idle.add(connection);
    }

    @Override
    public void onAnswer(ClientConnection connection, long request, boolean success) {
        end(request, success);
        idle.add(connection);
        if (pending == null) {
            sendDue();
        }
    }

    @Override
    public void onLost(ClientConnection connection, long request, Throwable cause) {
        idle.remove(connection);
        if (request != ClientConnection.NONE) {
            end(request, false);
        }
        if (--connections == 0) {
            outcome.tryFailure(cause);
        }
    }

    private void onTimer() {
        pending = null;
        sendDue();
    }

    private void sendDue() {
        while (sent < plan.requests() && !idle.isEmpty()) {
            long waitNanos = plan.dueNanos(sent) - (System.nanoTime() - beginNanos);
            if (waitNanos > 0) {
                pending = loop.schedule(timer, waitNanos, TimeUnit.NANOSECONDS);
                return;
            }
            idle.remove().send(sent++);
        }
    }

    private void end(long request, boolean success) {
        if (plan.records(request)) {
            record(request, success);
        }
        if (++ended == plan.requests()) {
            outcome.trySuccess(new Outcome(latencies, errors.get()));
        }
    }

    private void record(long request, boolean success) {
        if (success) {
            long nanos = System.nanoTime() - beginNanos - plan.dueNanos(request);
            latencies.recordValue(Math.min(nanos, LONGEST_NANOS));
        } else {
            errors.incrementAndGet();
        }
    }
}
