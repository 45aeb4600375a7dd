package io.evenkeel.discovery.consul;

import java.util.Optional;

/**
 * How far the servers' memory had come when one question was last answered. It must only grow: where it went back, the servers forgot.
 *
 * <p><b>Threading.</b> Confined to the scheduler.
 */
final class KnownIndex {

    private long known;

    /** 0: nothing is known. */
    long value() {
        return known;
    }

    /** Takes the index of an answer; says so if it went back. */
    Optional<String> take(Reply<?> reply) {
        long before = known;
        known = reply.index();
        return known >= before
                ? Optional.empty()
                : Optional.of(reply.where() + ": index went back from " + before + " to " + known
                        + ": the servers lost their memory");
    }
}
