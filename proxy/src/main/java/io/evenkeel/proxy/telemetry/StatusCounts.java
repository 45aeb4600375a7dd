package io.evenkeel.proxy.telemetry;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How often each status code was answered: a short table searched from its start, because a route answers few different codes and
 * the commonest ones come first.
 *
 * <p>An entry is one long, the code in its upper 10 bits and the count in the lower 54, so that a reader never sees one without the
 * other.
 *
 * <p><b>Threading.</b> {@link #increment} is confined to one event loop; {@link #forEach} runs on any thread.
 */
final class StatusCounts {

    private static final int COUNT_BITS = 54;
    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;
    private static final int FIRST_SIZE = 8;

    /** Publishes a larger table; written by the loop, read by scrapes. */
    private volatile AtomicLongArray table = new AtomicLongArray(FIRST_SIZE);

    /** Counts one more of this code; what is not in 100–999 is counted as 0. */
    void increment(int status) {
        int code = status >= 100 && status <= 999 ? status : 0;
        AtomicLongArray entries = table;
        for (int i = 0; i < entries.length(); i++) {
            long entry = entries.getPlain(i);
            if (entry == 0 || entry >>> COUNT_BITS == code) {
                entries.setRelease(i, entry == 0 ? first(code) : entry + 1);
                return;
            }
        }
        table = withOneMore(entries, code);
    }

    void forEach(Visitor visitor) {
        AtomicLongArray entries = table;
        for (int i = 0; i < entries.length(); i++) {
            long entry = entries.getAcquire(i);
            if (entry != 0) {
                visitor.accept((int) (entry >>> COUNT_BITS), entry & COUNT_MASK);
            }
        }
    }

    private static long first(int code) {
        return ((long) code << COUNT_BITS) + 1;
    }

    private static AtomicLongArray withOneMore(AtomicLongArray full, int code) {
        AtomicLongArray larger = new AtomicLongArray(full.length() * 2);
        for (int i = 0; i < full.length(); i++) {
            larger.setPlain(i, full.getPlain(i));
        }
        larger.setPlain(full.length(), first(code));
        return larger;
    }

    /** Takes one code and how often it was answered. */
    interface Visitor {
        void accept(int code, long count);
    }
}
