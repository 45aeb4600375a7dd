package io.evenkeel.perf.faults;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What became of a run's requests, by the second in which they were due. Thread-safe: one lock. */
final class Timeline {

    private final Second[] seconds;
    private final long[] answered;
    private long beginNanos;
    private long firstGoodAfterNanos;
    private @Nullable Long firstGoodNanos;

    Timeline(int length) {
        seconds = new Second[length];
        answered = new long[length];
        for (int i = 0; i < length; i++) {
            seconds[i] = new Second();
        }
    }

    /** Second 0 begins now. */
    synchronized void begin() {
        beginNanos = System.nanoTime();
    }

    /** A request ended. Those that were due before the begin, or after the last second, do not count. */
    synchronized void add(Request request) {
        int due = second(request.dueNanos);
        if (due >= 0) {
            seconds[due].add(request);
        }
        int ended = second(request.endNanos);
        if (ended >= 0 && request.ending == Ending.OK) {
            answered[ended]++;
        }
        if (request.ending == Ending.OK && firstGoodNanos == null && request.endNanos - firstGoodAfterNanos > 0) {
            firstGoodNanos = request.endNanos;
        }
    }

    /** The second of the run that this falls in, -1 for none. */
    private int second(long nanos) {
        long second = Math.floorDiv(nanos - beginNanos, TimeUnit.SECONDS.toNanos(1));
        return beginNanos != 0 && second >= 0 && second < seconds.length ? (int) second : -1;
    }

    /** Good answers that came in these seconds, whenever they were due. */
    synchronized long answered(int from, int to) {
        long all = 0;
        for (int i = from; i < to; i++) {
            all += answered[i];
        }
        return all;
    }

    /** The first good answer from now on is to be remembered. */
    synchronized void awaitGood() {
        firstGoodAfterNanos = System.nanoTime();
        firstGoodNanos = null;
    }

    /** Milliseconds from {@link #awaitGood} to the first good answer; infinite if there was none. */
    synchronized double firstGoodMillis() {
        return firstGoodNanos == null ? Double.POSITIVE_INFINITY : (firstGoodNanos - firstGoodAfterNanos) / 1e6;
    }

    /** {@link System#nanoTime} at which this second begins. */
    synchronized long nanosOf(int second) {
        return beginNanos + TimeUnit.SECONDS.toNanos(second);
    }

    /** Seconds in all. */
    int length() {
        return seconds.length;
    }

    synchronized Second at(int second) {
        return seconds[second];
    }

    /** These seconds together. */
    synchronized Second between(int from, int to) {
        Second all = new Second();
        for (int i = from; i < to; i++) {
            all.add(seconds[i]);
        }
        return all;
    }

    /** The worst p99 of any of these seconds, ms. */
    synchronized double worstP99(int from, int to) {
        double worst = 0;
        for (int i = from; i < to; i++) {
            worst = Math.max(worst, seconds[i].millis(99));
        }
        return worst;
    }

    /** Seconds after {@code from} until no second before {@code to} has a worse p99 than this, ms. */
    synchronized int swiftAfter(int from, int to, double millis) {
        for (int i = to - 1; i >= from; i--) {
            if (seconds[i].millis(99) > millis) {
                return i + 1 - from;
            }
        }
        return 0;
    }

    /** Seconds after {@code from} until every request before {@code to} is answered well. */
    synchronized int faultlessAfter(int from, int to) {
        for (int i = to - 1; i >= from; i--) {
            if (seconds[i].good() < seconds[i].requests()) {
                return i + 1 - from;
            }
        }
        return 0;
    }
}
