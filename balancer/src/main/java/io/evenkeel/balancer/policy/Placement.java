package io.evenkeel.balancer.policy;

/**
 * Slots in a circle, each an endpoint's, among which keys are placed: equal keys at equal slots. The same endpoints with the same weights make the same
 * placement in every replica, whatever order they are reported in. Immutable.
 */
interface Placement {

    /** The slot of a key whose 64 bits are evenly spread. */
    int slot(long mixedKey);

    /** The next slot on the circle. */
    int after(int slot);

    /** The endpoint of a slot, as a position among those the placement was made of. */
    int at(int slot);
}
