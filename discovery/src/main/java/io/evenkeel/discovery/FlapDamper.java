package io.evenkeel.discovery;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Route-flap damping (RFC 2439) for the endpoints of one upstream: each leave adds to an address's penalty, which halves again and again; above
 * the cut-off the address is suppressed, and reused when the penalty has decayed below the reuse limit or when a hold
 * after its last leave is over, which is the same moment for the worst of them (RFC 2439 §4.2: the ceiling).
 *
 * <p>Two leaves never suppress, so neither a restart nor a rolling update does. At least half of the usable addresses are always let in,
 * those with the least penalty; one let in stays in until it leaves.
 *
 * <p><b>Threading.</b> Confined to the {@link Scheduler}.
 */
final class FlapDamper {

    /** What one leave adds. The limits are in this unit. */
    private static final double LEAVE = 1;

    private static final double CUT_OFF = 2;
    private static final double REUSE = 0.75;

    /** Half-lives in a hold, as routers commonly have it; with it the ceiling follows. */
    private static final int HALF_LIVES = 4;

    private static final double CEILING = REUSE * (1 << HALF_LIVES);

    /** Addresses remembered per upstream; a flap more than these is forgotten, which does no harm. */
    private static final int MAX_REMEMBERED = 16_384;

    private final Map<InetSocketAddress, Flaps> flapping = new HashMap<>();
    private Set<InetSocketAddress> present = Set.of();

    /**
     * An address that is kept out.
     *
     * @param leaves how often it left before that was forgotten
     * @param untilNanos when it is let in if it stays
     */
    record Damped(int leaves, long untilNanos) {}

    /**
     * Takes the addresses that are usable now; tells which of them to keep out.
     *
     * @param usable kept until the next call
     * @param hold for how long at most after its last leave an address is kept out; zero keeps none out
     */
    Map<InetSocketAddress, Damped> keepOut(Set<InetSocketAddress> usable, Duration hold, long nowNanos) {
        if (hold.isZero()) {
            flapping.clear();
            present = Set.of();
            return Map.of();
        }
        double halfLifeNanos = (double) hold.toNanos() / HALF_LIVES;
        for (InetSocketAddress address : present) {
            if (!usable.contains(address)) {
                left(address, halfLifeNanos, nowNanos);
            }
        }
        present = usable;
        flapping.values().removeIf(flaps -> flaps.isOver(halfLifeNanos, nowNanos));
        return worst(usable, halfLifeNanos, nowNanos);
    }

    /** How many addresses are remembered because they left not long ago. */
    int remembered() {
        return flapping.size();
    }

    private void left(InetSocketAddress address, double halfLifeNanos, long nowNanos) {
        if (flapping.size() < MAX_REMEMBERED || flapping.containsKey(address)) {
            flapping.computeIfAbsent(address, first -> new Flaps()).left(halfLifeNanos, nowNanos);
        }
    }

    /** At most half, those with the greatest penalty; the rest of the suppressed is let in. */
    private Map<InetSocketAddress, Damped> worst(Set<InetSocketAddress> usable, double halfLifeNanos, long nowNanos) {
        List<Map.Entry<InetSocketAddress, Flaps>> suppressed = flapping.entrySet().stream()
                .filter(entry -> entry.getValue().suppressed && usable.contains(entry.getKey()))
                .sorted(Comparator.comparingDouble(entry -> -entry.getValue().penaltyAt(halfLifeNanos, nowNanos)))
                .toList();
        int most = Math.min(suppressed.size(), usable.size() / 2);
        Map<InetSocketAddress, Damped> keptOut = new LinkedHashMap<>();
        suppressed
                .subList(0, most)
                .forEach(entry -> keptOut.put(
                        entry.getKey(), new Damped(entry.getValue().leaves, entry.getValue().reuseAtNanos)));
        suppressed.subList(most, suppressed.size()).forEach(entry -> entry.getValue().suppressed = false);
        return keptOut;
    }

    /** How often and how recently one address left. */
    private static final class Flaps {
        private double penalty;
        private long atNanos;
        private long reuseAtNanos;
        private int leaves;
        private boolean suppressed;

        void left(double halfLifeNanos, long nowNanos) {
            penalty = Math.min(penaltyAt(halfLifeNanos, nowNanos) + LEAVE, CEILING);
            atNanos = nowNanos;
            reuseAtNanos = nowNanos + nanosDownTo(REUSE, halfLifeNanos);
            leaves++;
            suppressed |= penalty > CUT_OFF;
        }

        /** Reuses what has decayed enough; true when this need not be remembered any more. */
        boolean isOver(double halfLifeNanos, long nowNanos) {
            suppressed &= nowNanos - reuseAtNanos < 0;
            return !suppressed && nowNanos - atNanos >= nanosDownTo(REUSE / 2, halfLifeNanos);
        }

        double penaltyAt(double halfLifeNanos, long nowNanos) {
            return penalty * Math.pow(2, -(nowNanos - atNanos) / halfLifeNanos);
        }

        private long nanosDownTo(double limit, double halfLifeNanos) {
            return (long) (Math.log(penalty / limit) / Math.log(2) * halfLifeNanos);
        }
    }
}
