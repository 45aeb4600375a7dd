package io.evenkeel.proxy.overload;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Which actions are in force.
 *
 * <p><b>Threading.</b> One volatile write by the monitor, one volatile read by event loops: per listening socket when told of a change, per request, per
 * response.
 */
public final class OverloadState {

    private static final int NOT_ACCEPTING = 1 << 8;
    private static final int SHORTENING = 1 << 9;

    /** The priority that is served no more in the low byte, counted from 1, and a bit for each other action. */
    private static final int PRIORITIES = 0xff;

    /** Publishes the actions; the monitor writes, event loops and scrapes read. */
    private volatile int actions;

    /** The connections accepted since the start; event loops write, the monitor reads. Touched once per connection, not per request. */
    private final AtomicLong accepted = new AtomicLong();

    /** Publishes how many may be accepted since the start, until the next measurement says otherwise; the monitor writes, event loops read. */
    private volatile long admitted = Long.MAX_VALUE;

    /** Lets so many connections be accepted until the next measurement, beside those that {@link #accepted} gave before this one. */
    void admit(long before, long room) {
        admitted = before + room;
    }

    /** How many connections were accepted since the start: all of them are known to a measurement that begins now. */
    long accepted() {
        return accepted.get();
    }

    /** A connection was accepted, and is counted among the open ones. */
    public void onAccepted() {
        accepted.incrementAndGet();
    }

    /**
     * Puts actions in force.
     *
     * @param rejectBelow requests on routes of a priority below this are answered 503, 0–10
     */
    void publish(boolean accepting, boolean shortening, int rejectBelow) {
        actions = (accepting ? 0 : NOT_ACCEPTING) | (shortening ? SHORTENING : 0) | rejectBelow;
    }

    /** Whether another connection is accepted now: a flood is stopped by the room there was, before the next measurement sees it. */
    public boolean accepting() {
        return !stopped() && accepted.get() < admitted;
    }

    /** Whether the pressure is such that none is accepted. */
    boolean stopped() {
        return (actions & NOT_ACCEPTING) != 0;
    }

    /** Whether every response ends its connection. */
    public boolean shortening() {
        return (actions & SHORTENING) != 0;
    }

    /** Whether requests on routes of this priority, 0–9, are answered 503. */
    public boolean rejects(int priority) {
        return priority < (actions & PRIORITIES);
    }

    int rejectBelow() {
        return actions & PRIORITIES;
    }
}
