package io.evenkeel.discovery;

import io.evenkeel.config.MergeConfig;

/**
 * The doubt about a source that suddenly knows much less: a registry that restarted without its memory, a DNS server that lost half a
 * zone. Decides which answers are believed; knows nothing of endpoints but their number.
 *
 * <p>Doubted is an answer without a usable endpoint where there were some, always; and after a failure one with fewer than
 * {@link MergeConfig#shrinkPercent} of what was there before. A source begins as after a failure. The doubt ends
 * when the source has said so for {@link MergeConfig#shrinkHold} without failing, or at once when it says enough again. While it lasts, an
 * answer that is small for a source that failed stays doubted even if this one did not.
 *
 * <p><b>Threading.</b> Confined to the {@link Scheduler}.
 */
final class ShrinkGuard {

    private boolean afterFailure = true;
    private boolean doubting;
    private long believedAtNanos;

    /**
     * Judges an answer.
     *
     * @param before usable endpoints in the last answer that was believed
     * @param now usable endpoints in this answer
     */
    boolean believes(int before, int now, MergeConfig rules, long nowNanos) {
        boolean tooFew = now == 0 ? before > 0 : (afterFailure || doubting) && isSmall(before, now, rules);
        if (tooFew && !doubting) {
            doubting = true;
            believedAtNanos = nowNanos + rules.shrinkHold().toNanos();
        }
        if (tooFew && nowNanos - believedAtNanos < 0) {
            return false;
        }
        doubting = false;
        afterFailure = false;
        return true;
    }

    /** The source failed: whatever it insisted on, it has to begin anew. */
    void failed() {
        doubting = false;
        afterFailure = true;
    }

    /** True while the last answer is not believed. */
    boolean doubting() {
        return doubting;
    }

    /** When the last answer will be believed if nothing else comes; meaningful while {@link #doubting}. */
    long believedAtNanos() {
        return believedAtNanos;
    }

    private static boolean isSmall(int before, int now, MergeConfig rules) {
        return now * 100L < (long) before * rules.shrinkPercent();
    }
}
