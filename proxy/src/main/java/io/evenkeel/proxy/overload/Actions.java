package io.evenkeel.proxy.overload;

import io.evenkeel.config.OverloadConfig;
import java.util.List;

/** Which actions a pressure calls for, each with its own inertia. Not thread-safe. */
final class Actions {

    private static final double FULL = 100;

    private final Eased stop = new Eased();
    private final Eased shorten = new Eased();
    private final Eased reject = new Eased();
    private boolean accepting = true;
    private boolean shortening;
    private int rejectBelow;

    /**
     * @param percent the pressure
     * @param priorities those of the routes, each once, the lowest first
     */
    void update(double percent, OverloadConfig config, List<Integer> priorities, long nowNanos) {
        accepting = level(stop, percent, config.stopAcceptingAt(), nowNanos) == 0;
        shortening = level(shorten, percent, config.shortenKeepAliveAt(), nowNanos) > 0;
        int rejected = reject.update(
                rejected(percent, config.rejectAt(), priorities.size()),
                rejected(percent + Eased.MARGIN, config.rejectAt(), priorities.size()),
                nowNanos);
        int most = Math.min(rejected, priorities.size()); // a reload may have left fewer
        rejectBelow = most == 0 ? 0 : priorities.get(most - 1) + 1;
    }

    private static int level(Eased eased, double percent, int threshold, long nowNanos) {
        return eased.update(percent >= threshold ? 1 : 0, percent + Eased.MARGIN > threshold ? 1 : 0, nowNanos);
    }

    /** How many priorities are rejected: the lowest one from {@code from} on, all at 100. */
    private static int rejected(double percent, int from, int priorities) {
        if (percent < from || priorities == 0) {
            return 0;
        }
        double way = from < FULL ? Math.min(1, (percent - from) / (FULL - from)) : 1;
        return 1 + (int) (way * (priorities - 1));
    }

    boolean accepting() {
        return accepting;
    }

    boolean shortening() {
        return shortening;
    }

    /** Routes of a priority below this are rejected, 0–10. */
    int rejectBelow() {
        return rejectBelow;
    }
}
