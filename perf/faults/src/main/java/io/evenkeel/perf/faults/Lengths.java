package io.evenkeel.perf.faults;

/**
 * How long the parts of a case last, seconds.
 *
 * @param normal before the fault, at least 3
 * @param fault with it
 * @param after after its end
 */
record Lengths(int normal, int fault, int after) {

    int all() {
        return normal + fault + after;
    }

    /** The second in which the fault ends. */
    int end() {
        return normal + fault;
    }
}
