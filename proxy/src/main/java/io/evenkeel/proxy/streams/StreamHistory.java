package io.evenkeel.proxy.streams;

/** The streams that were opened last on one connection, to tell late frames from wrong ones. Event-loop confined. */
final class StreamHistory {

    /** A power of two; a client's frames for a stream that is over do not trail behind this many newer ones. */
    private static final int REMEMBERED = 64;

    /** Ids in the order of opening, negative once reset; 0: none. */
    private final int[] ids = new int[REMEMBERED];

    private int opened;
    private int refused;

    void opened(int id) {
        ids[opened++ & (REMEMBERED - 1)] = id;
    }

    /** The stream was cut off by either side: frames that were sent before the other knew may still come. */
    void reset(int id) {
        for (int i = 0; i < REMEMBERED; i++) {
            if (ids[i] == id) {
                ids[i] = -id;
            }
        }
    }

    /** The stream was one too many. */
    void refused(int id) {
        refused = Math.max(refused, id);
    }

    /** Whether the newest stream that was refused is this one, or a later one. */
    boolean mayBeRefused(int id) {
        return id <= refused;
    }

    /** Whether the stream is known to have ended on both sides. */
    boolean ended(int id) {
        return find(id) == id;
    }

    /** Whether a later stream was opened and this one not: then it never can be (RFC 9113 §5.1.1). */
    boolean skipped(int id) {
        return find(id) == 0 && (opened <= REMEMBERED || id > Math.abs(ids[opened & (REMEMBERED - 1)]));
    }

    private int find(int id) {
        for (int each : ids) {
            if (Math.abs(each) == id) {
                return each;
            }
        }
        return 0;
    }
}
