package io.evenkeel.proxy.loop;

/**
 * Which of the event loops this is, for limits that are shared out to them.
 *
 * @param index from 0
 * @param loops how many there are, more than {@code index}
 */
public record LoopShare(int index, int loops) {

    /** This loop's part of a total: those of all loops add up to it exactly. */
    public int of(int total) {
        return total / loops + (index < total % loops ? 1 : 0);
    }
}
