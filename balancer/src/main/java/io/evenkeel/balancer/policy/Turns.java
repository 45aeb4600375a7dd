package io.evenkeel.balancer.policy;

import java.util.Arrays;

/**
 * Endless turns in rounds: the heaviest takes one in every round, the others every so often as their weight relates to it; all take one in the first.
 * Nobody's turns depend on those of the others, but for the heaviest. Not thread-safe.
 *
 * <p>Who is due in which round is kept in a wheel of queues, so that a turn costs the same however many do not take one.
 */
final class Turns {

    private static final int NONE = -1;

    /** Rounds: endpoints so light that they wait longer have one slot of a table of this size in any case. */
    private static final int LONGEST_PERIOD = 1 << 18;

    private final double[] periods;
    private final double[] due;
    private final int[] firsts;
    private final int[] lasts;
    private final int[] nexts;
    private final int mask;
    private int round;

    /** @param weights at least one */
    Turns(int[] weights) {
        int heaviest = Arrays.stream(weights).max().orElseThrow();
        periods = Arrays.stream(weights)
                .mapToDouble(weight -> Math.min(LONGEST_PERIOD, (double) heaviest / weight))
                .toArray();
        due = new double[weights.length];
        nexts = new int[weights.length];
        int longest = (int) Math.ceil(Arrays.stream(periods).max().orElseThrow());
        int rounds = Integer.highestOneBit(longest + 1) * 2;
        mask = rounds - 1;
        firsts = new int[rounds];
        lasts = new int[rounds];
        Arrays.fill(firsts, NONE);
        for (int i = 0; i < weights.length; i++) {
            queue(i, 0);
        }
    }

    /** Whose turn it is. */
    int next() {
        while (firsts[round & mask] == NONE) {
            round++;
        }
        int whose = firsts[round & mask];
        firsts[round & mask] = nexts[whose];
        due[whose] += periods[whose];
        queue(whose, (int) Math.ceil(due[whose]));
        return whose;
    }

    private void queue(int whose, int when) {
        int at = when & mask;
        nexts[whose] = NONE;
        if (firsts[at] == NONE) {
            firsts[at] = whose;
        } else {
            nexts[lasts[at]] = whose;
        }
        lasts[at] = whose;
    }
}
