package io.evenkeel.balancer.policy;

/**
 * A line cut into one piece per endpoint, as long as the endpoint's weight: finds the endpoint at a point of the line. Immutable.
 *
 * <p>A guide says for every stretch of the line which pieces it touches; a stretch is at most as long as the average piece, so that on
 * average less than two pieces are looked at, and a binary search between them bounds the worst case (Chen and Asau, "On Generating
 * Random Variates from an Empirical Distribution", 1974).
 */
final class Shares {

    /** The longest line: leaves room to add two points without overflow. */
    private static final int LONGEST = 1 << 30;

    /** Where each piece ends; the next begins there. */
    private final int[] ends;

    /** The first piece of each stretch, and the last piece once more behind. */
    private final int[] guide;

    private final int shift;
    private final int length;
    private final int stride;

    /** @param weights at least one, each ≥ 1; those beyond what fits are scaled down together */
    Shares(int[] weights) {
        this.ends = ends(weights);
        this.length = ends[ends.length - 1];
        this.shift = Math.max(0, 31 - Integer.numberOfLeadingZeros(length / ends.length));
        this.guide = guide();
        this.stride = stride(length);
    }

    /** How long the line is: one more than the last point. */
    int length() {
        return length;
    }

    /** The endpoint at a point, 0 to {@link #length} − 1. */
    int at(int point) {
        int stretch = point >>> shift;
        int low = guide[stretch];
        int high = guide[stretch + 1];
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] <= point) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * The point after this one on a walk that visits every point once before it begins anew. Its steps are the golden section of the
     * line, so that the visits to each piece are spread out evenly (the three-gap theorem; Knuth, TAOCP vol. 3, §6.4, theorem S).
     */
    int after(int point) {
        int next = point + stride;
        return next >= length ? next - length : next;
    }

    private static int[] ends(int[] weights) {
        long divisor = 0;
        long total = 0;
        for (int weight : weights) {
            divisor = greatestCommonDivisor(weight, divisor);
            total += weight;
        }
        while (total / divisor > LONGEST) {
            divisor *= 2;
        }
        int[] ends = new int[weights.length];
        int end = 0;
        for (int i = 0; i < weights.length; i++) {
            end += (int) Math.max(1, weights[i] / divisor);
            ends[i] = end;
        }
        return ends;
    }

    private int[] guide() {
        int stretches = ((length - 1) >>> shift) + 1;
        int[] first = new int[stretches + 1];
        int piece = 0;
        for (int stretch = 0; stretch < stretches; stretch++) {
            while (ends[piece] <= stretch << shift) {
                piece++;
            }
            first[stretch] = piece;
        }
        first[stretches] = ends.length - 1;
        return first;
    }

    private static int stride(int length) {
        int stride = (int) Math.max(1, Math.round(length * ((Math.sqrt(5) - 1) / 2)));
        while (greatestCommonDivisor(stride, length) != 1) {
            stride++;
        }
        return stride == length ? 0 : stride;
    }

    private static long greatestCommonDivisor(long one, long other) {
        return other == 0 ? one : greatestCommonDivisor(other, one % other);
    }
}
