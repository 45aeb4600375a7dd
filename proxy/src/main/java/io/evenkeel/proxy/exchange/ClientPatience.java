package io.evenkeel.proxy.exchange;

import io.evenkeel.proxy.loop.Deadline;

/**
 * How long one connection still waits for its client, and for what. Event-loop confined.
 *
 * <p>A body is judged once a second: a client is slow in a second in which it sent less than the minimum rate although it was free to send, and given
 * up when it has been slow for the whole grace.
 */
public final class ClientPatience {

    private static final long RATE_INTERVAL_NANOS = 1_000_000_000;

    private final LoopContext loop;
    private final Downstream connection;
    private final Deadline deadline = new Deadline(this::onPassed);
    private ClientWait wait = ClientWait.NOTHING;
    private long slowSinceNanos;
    private long bytesThen;

    public ClientPatience(LoopContext loop, Downstream connection) {
        this.loop = loop;
        this.connection = connection;
    }

    /** Starts waiting for this; waiting on for the same head does not start anew. */
    public void await(ClientWait what, ListenerSettings settings) {
        if (what == wait && what == ClientWait.HEAD) {
            return;
        }
        wait = what;
        long now = loop.clock.batchNanos();
        switch (what) {
            case NOTHING -> {}
            case HEAD -> set(now, settings.headNanos());
            case NEXT_REQUEST -> set(now, settings.keepAliveNanos());
            case TAKING -> takingWithin(now, settings.idleNanos());
            case HALF_CLOSED -> set(now, settings.halfCloseNanos());
            case LINGER -> set(now, settings.lingerNanos());
            case BODY -> {
                slowSinceNanos = now;
                bytesThen = 0;
                set(now, RATE_INTERVAL_NANOS);
            }
        }
    }

    /** The client takes bytes again: it is no longer waited for to do so. */
    public void onTaken() {
        if (wait == ClientWait.TAKING) {
            wait = ClientWait.NOTHING;
        }
    }

    /** The connection is gone. */
    public void end() {
        wait = ClientWait.NOTHING;
        loop.deadlines.cancel(deadline);
    }

    private void takingWithin(long now, long idleNanos) {
        if (idleNanos == 0) {
            wait = ClientWait.NOTHING;
        } else {
            set(now, idleNanos);
        }
    }

    private void set(long now, long nanos) {
        loop.deadlines.set(deadline, now + nanos);
    }

    private void onPassed() {
        if (wait == ClientWait.BODY && !tooSlow()) {
            return;
        }
        ClientWait waited = wait;
        wait = ClientWait.NOTHING;
        connection.onImpatience(waited);
    }

    private boolean tooSlow() {
        ListenerSettings settings = connection.listener().settings();
        long now = loop.clock.batchNanos();
        long bytes = connection.requestBytes();
        boolean slow = bytes - bytesThen < settings.limits().minBodyRateBytes() && !connection.requestBlocked();
        if (!slow) {
            slowSinceNanos = now;
        }
        bytesThen = bytes;
        set(now, RATE_INTERVAL_NANOS);
        return now - slowSinceNanos >= settings.bodyRateGraceNanos();
    }
}
