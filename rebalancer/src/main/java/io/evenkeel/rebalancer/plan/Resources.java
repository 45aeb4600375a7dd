package io.evenkeel.rebalancer.plan;

/**
 * What a task reserves, or a node has. Immutable.
 *
 * @param nanoCpus in 1e-9 of a processor
 * @param memoryBytes in bytes
 */
public record Resources(long nanoCpus, long memoryBytes) {

    /** Reserves nothing. */
    public static final Resources NONE = new Resources(0, 0);
}
