package io.evenkeel.perf.faults;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * What an endpoint can do: so many requests at a time, each taking half the mean plus an exponential time of the same mean.
 *
 * @param meanMillis mean service time, ms, above 0
 * @param workers requests served at the same time, at least 1; others wait in the order they came
 */
record Service(double meanMillis, int workers) {

    /** Requests per second that one endpoint can answer. */
    double perSecond() {
        return workers * TimeUnit.SECONDS.toMillis(1) / meanMillis;
    }

    /** One service time. */
    long draw(SplittableRandom random) {
        double exponential = -Math.log(1 - random.nextDouble());
        return (long) (meanMillis * 1e6 * (0.5 + 0.5 * exponential));
    }
}
