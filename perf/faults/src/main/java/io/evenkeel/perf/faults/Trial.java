package io.evenkeel.perf.faults;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** One case against one proxy: what happens in which second, and what was counted meanwhile. Confined to the thread that measures. */
final class Trial {

    /** The second from which on the normal state is measured: in the first, connections are opened. */
    private static final int WARM = 1;

    private final Fleet fleet;
    private final OpenLoop load;
    private final Timeline timeline;
    private final Lengths lengths;
    private final long pid;
    private final Map<Integer, Runnable> actions = new HashMap<>();
    private final long[] attempts;
    private final long[] resident;

    /** A trial of a load that reports to this time line, with the process of the proxy. */
    Trial(Fleet fleet, OpenLoop load, Timeline timeline, Lengths lengths, long pid) {
        this.fleet = fleet;
        this.load = load;
        this.timeline = timeline;
        this.lengths = lengths;
        this.pid = pid;
        attempts = new long[lengths.all() + 1];
        resident = new long[lengths.all() + 1];
    }

    Fleet fleet() {
        return fleet;
    }

    OpenLoop load() {
        return load;
    }

    Timeline timeline() {
        return timeline;
    }

    Lengths lengths() {
        return lengths;
    }

    /** Does this at the begin of a second. */
    void at(int second, Runnable action) {
        actions.put(second, action);
    }

    /** Sends this many requests a second, and does at its time what was planned. Returns when every request has ended. */
    void go(double perSecond) {
        timeline.begin();
        load.rate(perSecond);
        for (int second = 0; second <= lengths.all(); second++) {
            await(timeline.nanosOf(second));
            attempts[second] = fleet.attempts();
            resident[second] = Kernel.residentMebibytes(pid);
            actions.getOrDefault(second, () -> {}).run();
        }
        load.rate(0);
        while (!load.isDrained()) {
            await(System.nanoTime() + 50_000_000);
        }
    }

    static void await(long untilNanos) {
        for (long left; (left = untilNanos - System.nanoTime()) > 0; ) {
            LockSupport.parkNanos(left);
        }
    }

    /** Everything before the fault. */
    Second normal() {
        return timeline.between(WARM, lengths.normal());
    }

    /** The worst p99 of a second before the fault, ms. */
    double worstNormalP99() {
        return timeline.worstP99(WARM, lengths.normal());
    }

    /** Everything while the fault lasts. */
    Second faulty() {
        return timeline.between(lengths.normal(), lengths.end());
    }

    /** Everything. */
    Second all() {
        return timeline.between(0, lengths.all());
    }

    /** Requests that endpoints received from the begin of one second to that of another. */
    long attempts(int from, int to) {
        return attempts[to] - attempts[from];
    }

    /** Resident memory of the proxy at the begin of a second, MiB. */
    long resident(int second) {
        return resident[second];
    }
}
