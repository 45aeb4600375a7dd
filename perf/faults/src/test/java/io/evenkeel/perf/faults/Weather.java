package io.evenkeel.perf.faults;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which faults are on, and whether they explain what failed. A storm lasts from the first fault until traffic is well again; between two
 * of them nothing may fail.
 *
 * <p>Thread-safe: one lock.
 */
final class Weather {

    /** Faults that can cut a response that has begun; after any other the client gets a whole one, if only a 502. */
    private static final Set<Mode> CUTTING = EnumSet.of(
            Mode.REFUSE, Mode.FLAP, Mode.RESET_IN_BODY, Mode.TOO_SHORT, Mode.TOO_LONG, Mode.EARLY, Mode.VANISH);

    /** What the router itself, or an endpoint of these, may answer instead of 200. */
    private static final Set<Integer> STATUSES = Set.of(502, 503, 504);

    private final List<String> unexplained = new ArrayList<>();
    private Set<Mode> storm = EnumSet.noneOf(Mode.class);
    private boolean calm = true;
    private long calmSinceNanos = System.nanoTime();
    private long goodInARow;
    private long good;
    private long failed;
    private String last = "";

    /** This fault is on from now on. */
    synchronized void storm(Mode mode) {
        if (calm) {
            storm = EnumSet.noneOf(Mode.class);
        }
        calm = false;
        storm.add(mode);
        goodInARow = 0;
    }

    /** The faults are over; what they left behind may still be felt. */
    synchronized void abate() {
        goodInARow = 0;
    }

    /** So many requests in a row were answered well. */
    synchronized boolean hasCleared(long requests) {
        return goodInARow >= requests;
    }

    /** No request that becomes due from now on may fail. */
    synchronized void calm() {
        calm = true;
        calmSinceNanos = System.nanoTime();
    }

    /** A request ended. */
    synchronized void on(Request request) {
        if (request.ending == Ending.OK) {
            good++;
            goodInARow++;
            return;
        }
        failed++;
        goodInARow = 0;
        last = text(request);
        if (!isExplained(request)) {
            unexplained.add(last);
        }
    }

    private String text(Request request) {
        return request.ending + " " + request.status + (request.unsafe ? " POST" : " GET") + " after "
                + request.latencyNanos() / 1_000_000 + " ms, " + (calm ? "calm after " : "during ") + storm;
    }

    private boolean isExplained(Request request) {
        if (calm && request.dueNanos - calmSinceNanos >= 0) {
            return false;
        }
        return switch (requireNonNull(request.ending)) {
            case SHED, REFUSED -> STATUSES.contains(request.status);
            case BROKEN -> storm.stream().anyMatch(CUTTING::contains);
            case OK, WRONG, HUNG -> false;
        };
    }

    /** What failed for no reason. */
    synchronized List<String> unexplained() {
        return List.copyOf(unexplained);
    }

    @Override
    public synchronized String toString() {
        return good + " good, " + goodInARow + " in a row, " + failed + " failed, the last: " + last;
    }

    /** Requests answered well so far. */
    synchronized long good() {
        return good;
    }

    /** Others so far. */
    synchronized long failed() {
        return failed;
    }
}
