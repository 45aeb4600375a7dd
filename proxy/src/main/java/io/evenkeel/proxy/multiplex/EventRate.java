package io.evenkeel.proxy.multiplex;

/** Whether something happens more often than it should: so many times within so long. Event-loop confined. */
final class EventRate {

    private final int most;
    private final long windowNanos;
    private long startNanos;
    private int count;

    /**
     * @param most times within a window that are borne, 1 or more
     * @param windowNanos how long a window is; the next one begins with the first event after its end
     */
    EventRate(int most, long windowNanos) {
        this.most = most;
        this.windowNanos = windowNanos;
    }

    /** It has happened once more. False: too often. */
    boolean bears(long nowNanos) {
        if (count == 0 || nowNanos - startNanos >= windowNanos) {
            startNanos = nowNanos;
            count = 0;
        }
        return ++count <= most;
    }
}
