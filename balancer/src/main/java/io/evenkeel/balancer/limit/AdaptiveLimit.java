package io.evenkeel.balancer.limit;

import io.evenkeel.balancer.endpoint.AttemptObserver;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Fault;
import io.evenkeel.config.AdaptiveConfig;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Finds out how many attempts one endpoint can have in flight before they only queue there, and sets its limit to that.
 *
 * <p>By Little's law, what is in flight beyond rate × no-load latency waits. So samples are gathered in windows of about one round trip, and the limit
 * follows each window: while its mean latency is within the tolerance of the no-load latency and the limit was used, it grows, by half up to where it
 * last served well and slowly beyond; otherwise it shrinks by as much as the latency is too long, at most to half; and by the share of answers that
 * failed or asked for less. Ends that say nothing are no samples. After Netflix's concurrency-limits (Gradient), TCP Vegas (Brakmo, Peterson 1995) and
 * slow start (Jacobson 1988).
 *
 * <p>The no-load latency is what is measured while no more than the least limit is in flight; besides that it only falls. A limit that is used up for long
 * might have been learnt under load: then it rests at the least limit until that many samples show the truth, as BBR probes the round trip. Nothing is lost by
 * that which was not being refused anyway. So the limit neither ratchets down, as a baseline that is too old would have it, nor up, as one that is
 * learnt in an overload would.
 *
 * <p><b>Threading.</b> Told by all event loops. One at a time works on the state; the sample of another that comes meanwhile is dropped, so nobody waits.
 */
public final class AdaptiveLimit implements AttemptObserver {

    /** Samples in the shortest window: fewer, and one slow answer would decide. */
    private static final int LEAST_SAMPLES = 32;

    /** A sample counts at most as this many times the no-load latency, so that one outlier does not decide. */
    private static final double MOST_TIMES = 8;

    /** Round trips for which the limit is used up before the no-load latency is measured anew, which takes about ten: 2.5 % of the time. */
    private static final int SATURATED_ROUND_TRIPS = 400;

    /** A window whose failures are no more than this share does not shrink the limit: they have other reasons than load. */
    private static final double HARMLESS_FAULTS = 0.05;

    private final EndpointState endpoint;
    private final double tolerance;
    private final int initial;
    private final int least;
    private final int most;

    /** Held while a sample is worked on; guards everything below. */
    private final AtomicBoolean busy = new AtomicBoolean();

    private double limit;
    private double served;
    private double noLoadNanos;
    private double sumNanos;
    private int samples;
    private int faults;
    private int peak;
    private int saturated;
    private boolean probing;

    /** @param bound what the limit never passes, whatever is measured */
    public AdaptiveLimit(AdaptiveConfig config, int bound, EndpointState endpoint) {
        this.endpoint = endpoint;
        this.tolerance = config.tolerancePercent() / 100.0;
        this.most = Math.min(config.max(), bound);
        this.least = Math.min(config.min(), most);
        this.initial = Math.min(config.initial(), most);
        this.limit = initial;
        this.served = initial;
        publish();
    }

    @Override
    public void onSuccess(EndpointState at, long headNanos) {
        if (headNanos >= 0 && busy.compareAndSet(false, true)) {
            sample(headNanos);
            busy.set(false);
        }
    }

    @Override
    public void onDropped(EndpointState at, Fault fault) {
        if (fault != Fault.CONNECT && busy.compareAndSet(false, true)) {
            samples++;
            faults++;
            endWindow();
            busy.set(false);
        }
    }

    private void sample(long nanos) {
        int inFlight = endpoint.inFlight() + 1;
        if (probing && inFlight > least) {
            return; // it was in the queue that is being let run empty
        }
        peak = Math.max(peak, inFlight);
        sumNanos += noLoadNanos == 0 ? nanos : Math.min((double) nanos, noLoadNanos * MOST_TIMES);
        samples++;
        endWindow();
    }

    private void endWindow() {
        if (samples < (probing ? LEAST_SAMPLES : Math.max(LEAST_SAMPLES, limit))) {
            return;
        }
        int good = samples - faults;
        if (good > 0) {
            learn(sumNanos / good);
        }
        if (probing) {
            probing = false;
        } else {
            adjust(good > 0 ? sumNanos / good : 0, (double) faults / samples);
        }
        publish();
        sumNanos = 0;
        samples = 0;
        faults = 0;
        peak = 0;
    }

    private void learn(double meanNanos) {
        if (noLoadNanos == 0 || probing) {
            noLoadNanos = meanNanos;
        } else if (limit <= least && meanNanos > noLoadNanos * tolerance) {
            noLoadNanos =
                    meanNanos; // it cannot be for what is in flight: the endpoint has become slower, and the search
            // starts over
            served = initial;
        } else if (meanNanos < noLoadNanos || peak <= least) {
            noLoadNanos += (meanNanos - noLoadNanos) / 4;
        }
    }

    private void adjust(double meanNanos, double failed) {
        boolean used = peak >= limit * 0.9;
        double ratio = tolerance * noLoadNanos / Math.max(1, meanNanos);
        if (failed > HARMLESS_FAULTS) {
            limit *= 1 - failed / 2;
        } else if (ratio < 1) {
            limit *= Math.max(0.5, ratio);
            served = limit;
        } else if (used) {
            served = Math.max(served, limit);
            limit = limit < served ? Math.min(served, limit * 1.5) : limit + Math.max(1, limit / 16);
        }
        limit = Math.max(least, Math.min(limit, most));
        saturated = used ? saturated + samples : 0;
        if (saturated >= SATURATED_ROUND_TRIPS * limit) {
            saturated = 0;
            probing = true;
        }
    }

    private void publish() {
        endpoint.limit(probing ? least : (int) limit);
    }

    /** The latency that is taken for that of an endpoint with little load, in nanoseconds; 0 before it is known. */
    double noLoadNanos() {
        return noLoadNanos;
    }
}
