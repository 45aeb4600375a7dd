package io.evenkeel.perf.faults;

/**
 * What an endpoint had read and not answered when its mode changed.
 *
 * @param inFlight requests in all
 * @param unsafe those of them that may not be repeated
 */
record Impact(int inFlight, int unsafe) {

    /** Both together. */
    Impact plus(Impact other) {
        return new Impact(inFlight + other.inFlight, unsafe + other.unsafe);
    }
}
