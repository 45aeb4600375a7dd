package io.evenkeel.rebalancer.plan;

/**
 * What one round of one replica more and one less, or one shift, comes to for a service. Immutable.
 *
 * @param from number of the node that has one less
 * @param to number of the node that has one more; the same if nothing changes
 * @param even change of the sum of squares of the service's tasks by branch or node, at the most important level where there is one
 * @param total change of the sum of squares of all tasks by node
 */
record Round(int service, int from, int to, long even, long total) implements Comparable<Round> {

    boolean gains() {
        return even < 0 || (even == 0 && total < 0);
    }

    boolean loses() {
        return even > 0 || (even == 0 && total > 0);
    }

    /** The best first. */
    @Override
    public int compareTo(Round other) {
        int byEven = Long.compare(even, other.even);
        return byEven != 0 ? byEven : Long.compare(total, other.total);
    }
}
