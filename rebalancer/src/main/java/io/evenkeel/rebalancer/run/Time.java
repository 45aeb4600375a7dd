package io.evenkeel.rebalancer.run;

import java.time.Duration;
import java.time.Instant;

/** The clock, and waiting by it. */
public interface Time {

    /** Wall clock. */
    Instant now();

    /**
     * Waits.
     *
     * @throws Halt if it is time to leave
     */
    void pause(Duration time);
}
