package io.evenkeel.proxy.overload;

/**
 * A level that rises at once and falls late: only when a lower one would have done for a second although the pressure was taken for {@link #MARGIN} points
 * higher than it was. So what an action brings about does not end it at once. Not thread-safe.
 */
final class Eased {

    /** In points of pressure. */
    static final int MARGIN = 5;

    /** 1 s: ten measurements in a row. */
    static final long CALM_NANOS = 1_000_000_000;

    private int level;
    private boolean calm;
    private long calmSinceNanos;

    /**
     * @param wanted the level for the pressure as it is
     * @param cautious the level for a pressure {@link #MARGIN} points higher; not below {@code wanted}
     * @return the level in force
     */
    int update(int wanted, int cautious, long nowNanos) {
        if (wanted > level) {
            level = wanted;
        }
        if (cautious >= level) {
            calm = false;
        } else if (!calm) {
            calm = true;
            calmSinceNanos = nowNanos;
        } else if (nowNanos - calmSinceNanos >= CALM_NANOS) {
            level = cautious;
            calm = false;
        }
        return level;
    }
}
