package io.evenkeel.balancer.health;

import io.evenkeel.config.PhiConfig;
import java.time.Duration;

/**
 * The φ accrual failure detector: how hard it is to believe that somebody who has been silent for so long is alive, given how long the silences before
 * were.
 *
 * <p>φ is −log10 of the probability that a silence lasts still longer, the silences being taken for normally distributed with the mean and the
 * deviation of the last ones: φ = 1 errs once in ten times, φ = 8 once in a hundred million. As Akka documents it, the deviation is never below a
 * minimum, and a pause that is acceptable is added to the mean. The tail is computed exactly, not by the logistic approximation that Akka uses, which
 * is too high by a sixth at φ = 8.
 *
 * <p>Hayashibara, Défago, Yared, Katayama: The φ Accrual Failure Detector, SRDS 2004. Not thread-safe.
 */
final class PhiAccrual {

    private final long[] silences;
    private final double minDeviation;
    private final double pause;
    private int next;
    private int known;
    private double mean;
    private double deviation;

    /** @param firstDeviation what is assumed of the deviation before much is known: the window begins with as much on either side of zero */
    PhiAccrual(PhiConfig config, Duration firstDeviation) {
        this.silences = new long[config.samples()];
        this.minDeviation = config.minDeviation().toNanos();
        this.pause = config.acceptablePause().toNanos();
        add(-firstDeviation.toNanos());
        add(firstDeviation.toNanos());
    }

    /** A silence has ended after so long, in nanoseconds. */
    void add(long nanos) {
        silences[next] = nanos;
        next = (next + 1) % silences.length;
        known = Math.min(known + 1, silences.length);
        measure();
    }

    /** The suspicion after a silence that has lasted for so long, in nanoseconds. */
    double phi(long nanos) {
        return NormalTail.minusLog10((nanos - mean - pause) / Math.max(deviation, minDeviation));
    }

    /** Anew each time: running sums would lose digits, and this is once a check. */
    private void measure() {
        double sum = 0;
        for (int i = 0; i < known; i++) {
            sum += silences[i];
        }
        mean = sum / known;
        double squares = 0;
        for (int i = 0; i < known; i++) {
            squares += (silences[i] - mean) * (silences[i] - mean);
        }
        deviation = Math.sqrt(squares / known);
    }
}
