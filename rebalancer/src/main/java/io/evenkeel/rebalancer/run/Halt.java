package io.evenkeel.rebalancer.run;

/** A move goes no further. The message says why, in a few words. */
public final class Halt extends RuntimeException {

    private final boolean restore;

    private Halt(String why, boolean restore) {
        super(why, null, false, false);
        this.restore = restore;
    }

    /** What was changed must be put back as it was. */
    static Halt restoring(String why) {
        return new Halt(why, true);
    }

    /** Nothing may be changed any more, because it is somebody else's now; whoever holds the lock next reads the journal. */
    public static Halt leaving(String why) {
        return new Halt(why, false);
    }

    boolean restore() {
        return restore;
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
