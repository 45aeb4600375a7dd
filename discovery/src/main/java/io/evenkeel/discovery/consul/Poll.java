package io.evenkeel.discovery.consul;

import java.time.Duration;

/**
 * Whether an agent is to hold a question until something changes. Immutable.
 *
 * @param index it is held while the servers' memory has not come further than this; 0: it is answered at once
 * @param hold for how long at most
 * @param known an answer with this index need not be read; 0: it is read in any case
 */
record Poll(long index, Duration hold, long known) {

    static final Poll AT_ONCE = new Poll(0, Duration.ZERO, 0);

    static Poll after(long index, Duration hold) {
        return new Poll(index, hold, 0);
    }

    static Poll unlessKnown(long known) {
        return new Poll(0, Duration.ZERO, known);
    }

    boolean blocking() {
        return index > 0;
    }

    /** How long the answer may be on its way: servers add up to a sixteenth of the wait. */
    Duration patience(Duration timeout) {
        return hold.plus(hold.dividedBy(16)).plus(timeout);
    }
}
