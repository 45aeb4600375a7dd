package io.evenkeel.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an endpoint is picked.
 *
 * @param policy the load-balancing policy. least-connections, round-robin, random, peak-ewma, ring-hash or maglev, default least-connections.
 *     least-connections keeps slow endpoints from filling up, peak-ewma avoids them; ring-hash and maglev send equal keys to the same
 *     endpoint; round-robin and random ignore load. All of them heed weights.
 * @param key what ring-hash and maglev hash; they need it.
 * @param fallback the policy for requests without the key, none that hashes. least-connections, round-robin, random, peak-ewma, ring-hash or maglev, default least-connections.
 * @param virtualNodes places on the ring per unit of weight, each of 16 points. Count, 1 to 1000, default 150. More spreads keys more evenly and costs memory
 *     and time at every change of the endpoints.
 * @param boundPercent how many attempts an endpoint may have in flight for its keys, in per cent of its fair share of all; beyond, keys move on. Count, 0 to
 *     1000, default 150. 0 is no bound, less than 100 is refused; less evens load and moves more keys.
 * @param decay how long peak-ewma remembers a slow answer. Duration, ≥ 100ms, default 10s. More shuns an endpoint longer after a peak.
 * @param slowStart how long a new, returned or recovered endpoint takes to get its full share. Duration, ≥ 0s, default 0s. 0s is at once; more
 *     spares endpoints that start cold.
 * @param panicPercent below which share of usable endpoints health and ejections are ignored. Count, 0 to 100, default 50. Few endpoints that bear all
 *     of the load would fail too; 0 never sends to an endpoint that is known to be bad.
 * @param locality whether endpoints nearby are preferred.
 * @param priorities tags of the endpoints that come first, those that come second, and so on; those with none of them come last. Sets of
 *     tags, default none. Traffic moves on as endpoints of the earlier ones fail.
 * @param sticky a cookie that brings a client back to its endpoint.
 * @param stickTable keys that endpoints make known, which bring requests back to them.
 */
public record BalancerConfig(
        @Knob(byDefault = "least-connections", need = Knob.Need.FREQUENT) Policy policy,
        @Knob Optional<HashKeyConfig> key,
        @Knob(byDefault = "least-connections") Policy fallback,
        @Knob(byDefault = "150", min = "1", max = "1000") int virtualNodes,
        @Knob(byDefault = "150", max = "1000") int boundPercent,
        @Knob(byDefault = "10s", min = "100ms") Duration decay,
        @Knob(byDefault = "0s", need = Knob.Need.FREQUENT) Duration slowStart,
        @Knob(byDefault = "50", max = "100") int panicPercent,
        @Knob LocalityConfig locality,
        @Knob(format = TextFormat.TAG) List<Map<String, String>> priorities,
        @Knob Optional<StickyConfig> sticky,
        @Knob Optional<StickTableConfig> stickTable) {

    /** The load-balancing policies. */
    public enum Policy {
        LEAST_CONNECTIONS,
        ROUND_ROBIN,
        RANDOM,
        PEAK_EWMA,
        RING_HASH,
        MAGLEV;

        /** Whether it picks by a key. */
        public boolean hashes() {
            return this == RING_HASH || this == MAGLEV;
        }
    }

    /** Keeps its own copy of the list. */
    public BalancerConfig {
        priorities = List.copyOf(priorities);
    }

    /** A policy with everything else at its default; one that hashes lacks its key. */
    public static BalancerConfig of(Policy policy) {
        BalancerConfig other = defaults();
        return new BalancerConfig(
                policy,
                other.key,
                other.fallback,
                other.virtualNodes,
                other.boundPercent,
                other.decay,
                other.slowStart,
                other.panicPercent,
                other.locality,
                other.priorities,
                other.sticky,
                other.stickTable);
    }

    /** What a file that says nothing gets. */
    public static BalancerConfig defaults() {
        return Binder.defaults(BalancerConfig.class);
    }
}
