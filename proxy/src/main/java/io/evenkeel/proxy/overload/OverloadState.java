package io.evenkeel.proxy.overload;

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

    /**
     * Puts actions in force.
     *
     * @param rejectBelow requests on routes of a priority below this are answered 503, 0–10
     */
    void publish(boolean accepting, boolean shortening, int rejectBelow) {
        actions = (accepting ? 0 : NOT_ACCEPTING) | (shortening ? SHORTENING : 0) | rejectBelow;
    }

    /** Whether connections are accepted. */
    public boolean accepting() {
        return (actions & NOT_ACCEPTING) == 0;
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
