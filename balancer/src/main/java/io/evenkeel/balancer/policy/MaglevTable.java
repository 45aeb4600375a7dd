package io.evenkeel.balancer.policy;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Maglev hashing (Eisenbud et al., "Maglev: A Fast and Reliable Software Network Load Balancer", NSDI 2016, §3.4): every endpoint has its own
 * permutation of a table's slots, and the endpoints take in turn the first of theirs that is still free. Immutable.
 *
 * <p>An endpoint takes its turns at even distances, the heaviest one in every round, the others as their weight relates to it; each has at least one slot.
 */
final class MaglevTable implements Placement {

    /** The smallest table, as in the paper: with ten endpoints shares differ by less than a tenth of a per cent. */
    private static final int SMALLEST = 1 << 16;

    /** Slots per endpoint at least: shares then differ by less than 4 %. */
    private static final int LEAST_PER_ENDPOINT = 25;

    private static final int FREE = -1;

    private final int[] slots;

    /** @param seeds of each endpoint, one per address */
    MaglevTable(long[] seeds, WeightedEndpoints weighted) {
        this.slots = new int[size(seeds.length)];
        Arrays.fill(slots, FREE);
        int[] at = new int[seeds.length];
        int[] skip = new int[seeds.length];
        for (int i = 0; i < seeds.length; i++) {
            at[i] = (int) Long.remainderUnsigned(Mix.of(seeds[i] + Mix.GOLDEN_GAMMA), slots.length);
            skip[i] = 1 + (int) Long.remainderUnsigned(Mix.of(seeds[i] + 2 * Mix.GOLDEN_GAMMA), slots.length - 1);
        }
        Turns turns = new Turns(weighted.weights());
        for (int taken = 0; taken < slots.length; taken++) {
            take(turns.next(), at, skip);
        }
    }

    /** A prime, so that every step visits all slots; four times as large at a time, because all keys move when it changes. */
    static int size(int endpoints) {
        long size = SMALLEST;
        while (size < (long) LEAST_PER_ENDPOINT * endpoints) {
            size *= 4;
        }
        return BigInteger.valueOf(size).nextProbablePrime().intValueExact();
    }

    private void take(int endpoint, int[] at, int[] skip) {
        int slot = at[endpoint];
        while (slots[slot] != FREE) {
            slot = step(slot, skip[endpoint]);
        }
        slots[slot] = endpoint;
        at[endpoint] = step(slot, skip[endpoint]);
    }

    private int step(int slot, int by) {
        int next = slot + by;
        return next >= slots.length ? next - slots.length : next;
    }

    @Override
    public int slot(long mixedKey) {
        return (int) Math.multiplyHigh(mixedKey >>> 1, (long) slots.length << 1);
    }

    @Override
    public int after(int slot) {
        return slot + 1 == slots.length ? 0 : slot + 1;
    }

    @Override
    public int at(int slot) {
        return slots[slot];
    }
}
