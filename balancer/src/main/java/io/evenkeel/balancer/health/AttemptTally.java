package io.evenkeel.balancer.health;

import io.evenkeel.balancer.endpoint.AttemptObserver;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Fault;
import io.evenkeel.balancer.endpoint.PaddedCounts;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * How the attempts at one endpoint end: failures in a row, and sums since the endpoints were last compared. A success costs two reads where
 * nothing failed and latencies are not compared.
 *
 * <p><b>Threading.</b> Event loops write; the control plane reads, and begins anew.
 */
final class AttemptTally implements AttemptObserver {

    private final EndpointState endpoint;
    private final OutlierDetector detector;
    private final AtomicInteger connectFailures = new AtomicInteger();
    private final AtomicInteger gatewayFailures = new AtomicInteger();
    private final AtomicLong failures = new AtomicLong();
    private final LongAdder heads = new LongAdder();
    private final LongAdder headNanos = new LongAdder();

    /** Attempts ended, and failures, when the endpoints were last compared. Confined to the control plane. */
    private long endedBefore;

    private long failuresBefore;

    AttemptTally(EndpointState endpoint, OutlierDetector detector) {
        this.endpoint = endpoint;
        this.detector = detector;
        this.endedBefore = ended();
    }

    EndpointState endpoint() {
        return endpoint;
    }

    @Override
    public void onSuccess(EndpointState of, long nanos) {
        endRows();
        if (nanos >= 0 && detector.comparesLatency()) {
            heads.increment();
            headNanos.add(nanos);
        }
    }

    /** An endpoint that checks have taken out already is not held to account for what it still had. */
    @Override
    public void onDropped(EndpointState of, Fault fault) {
        if (fault == Fault.BACK_PRESSURE) {
            endRows();
            return;
        }
        if (!endpoint.standing().usable()) {
            return;
        }
        failures.incrementAndGet();
        boolean connect = fault == Fault.CONNECT;
        int row = (connect ? connectFailures : gatewayFailures).incrementAndGet();
        detector.onRow(this, connect ? EjectionReason.CONNECT_FAILURES : EjectionReason.GATEWAY_FAILURES, row);
    }

    /** Most attempts succeed: what is 0 is not written, so that the event loops do not fight over it. */
    private void endRows() {
        if (connectFailures.get() != 0) {
            connectFailures.set(0);
        }
        if (gatewayFailures.get() != 0) {
            gatewayFailures.set(0);
        }
    }

    /** What happened since this was last asked. An attempt whose client went away counts as one that did not fail. */
    Conduct take() {
        long ended = ended();
        long failed = failures.get();
        Conduct conduct = new Conduct(
                this, ended - endedBefore, failed - failuresBefore, heads.sumThenReset(), headNanos.sumThenReset());
        endedBefore = ended;
        failuresBefore = failed;
        return conduct;
    }

    /** Forgets everything, rows included. */
    void beginAnew() {
        connectFailures.set(0);
        gatewayFailures.set(0);
        take();
    }

    private long ended() {
        long counts = endpoint.counts();
        return PaddedCounts.requests(counts) - PaddedCounts.inFlight(counts);
    }
}
