package io.evenkeel.cli;

import io.evenkeel.rebalancer.run.Halt;
import io.evenkeel.rebalancer.run.Time;
import java.time.Duration;
import java.time.Instant;

/** The system's clock; waiting ends when the process is asked to stop. */
record UntilStopped(StopSignal stop) implements Time {

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public void pause(Duration time) {
        if (stop.await(time)) {
            throw Halt.leaving("asked to stop");
        }
    }
}
