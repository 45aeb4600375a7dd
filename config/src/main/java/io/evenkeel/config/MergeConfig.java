package io.evenkeel.config;

import java.time.Duration;

/**
 * How what several sources say becomes one set of endpoints, and what is not believed at once.
 *
 * @param agree how many sources must vouch for an endpoint. any or all, default any. all uses only what every source
 *     names that is not in error: safer against one that is out of date, but one that lacks an endpoint takes it out.
 * @param shrinkPercent below which share of its last good set a source is doubted when it comes back after a failure. Count, 0 to
 *     100, default 50. 0 believes everything; a set that becomes empty is doubted in any case.
 * @param shrinkHold how long a source must insist on a set that is doubted. Duration, ≥ 0s, default 30s. More rides out
 *     registries that lost their memory; less lets go of endpoints sooner that are really gone. 0s believes at once.
 * @param flapHold for how long at most an endpoint that keeps coming and going is kept out. Duration, ≥ 0s, default 60s.
 *     More keeps unsteady endpoints out longer; 0s lets every endpoint in at once.
 */
public record MergeConfig(
        @Knob(byDefault = "any", need = Knob.Need.FREQUENT) Agreement agree,
        @Knob(byDefault = "50", max = "100") int shrinkPercent,
        @Knob(byDefault = "30s") Duration shrinkHold,
        @Knob(byDefault = "60s") Duration flapHold) {

    /** How many sources must vouch for an endpoint. */
    public enum Agreement {
        ANY,
        ALL
    }

    /** What a file that says nothing gets. */
    public static MergeConfig defaults() {
        return Binder.defaults(MergeConfig.class);
    }
}
