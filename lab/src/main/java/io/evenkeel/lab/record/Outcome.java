package io.evenkeel.lab.record;

/**
 * What became of one request. Immutable.
 *
 * @param due when it was to be sent, ms since 1970
 * @param millis from then to its end, ms
 * @param kind what was asked: get, slow or post
 * @param router the node whose router was asked
 * @param status the status, 0 without one
 * @param failure what went wrong, in a few words; empty if nothing did
 * @param vvm who answered; empty if nobody said
 */
public record Outcome(long due, double millis, String kind, String router, int status, String failure, String vvm) {

    /** Whether it was answered as it should be. */
    public boolean good() {
        return failure.isEmpty();
    }

    /** When it ended, ms since 1970. */
    public long ended() {
        return due + (long) millis;
    }
}
