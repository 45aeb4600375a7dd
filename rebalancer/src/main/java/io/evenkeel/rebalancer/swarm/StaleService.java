package io.evenkeel.rebalancer.swarm;

/** Somebody else changed the service between reading and writing; nothing was written. */
public final class StaleService extends RuntimeException {

    StaleService(String service) {
        super(service + " was changed by somebody else", null, false, false);
    }
}
