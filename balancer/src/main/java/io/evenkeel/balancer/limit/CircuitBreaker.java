package io.evenkeel.balancer.limit;

import io.evenkeel.config.CircuitBreakerConfig;

/**
 * How much is at work in one upstream at once, over all event loops. Outlives reloads, as its counts do.
 *
 * <p><b>Threading.</b> Event loops enter and leave; {@link #configure} is the control plane's.
 *
 * <p>Exchanges are counted only while they are limited, so that nobody else pays for a shared count: after a reload that sets a limit, those that were
 * already at work are not in it.
 */
public final class CircuitBreaker {

    private final Gate exchanges = new Gate();
    private final Gate retries = new Gate();

    /** Publishes how many exchanges may be at work; the control plane writes, event loops read. */
    private volatile int maxExchanges = Integer.MAX_VALUE;

    /** Publishes how many retries may be at work; the control plane writes, event loops read. */
    private volatile int maxRetries = Integer.MAX_VALUE;

    /** Goes by these limits from now on; who is in stays in. */
    public void configure(CircuitBreakerConfig config) {
        maxExchanges = limit(config.maxInFlight());
        maxRetries = limit(config.maxRetries());
    }

    private static int limit(int configured) {
        return configured == 0 ? Integer.MAX_VALUE : configured;
    }

    /** Whether exchanges are limited, and therefore have to {@link #enter}. */
    public boolean limitsExchanges() {
        return maxExchanges != Integer.MAX_VALUE;
    }

    /** Begins an exchange, which {@link #leave}s when it ends; false: there are too many. */
    public boolean enter() {
        return exchanges.enter(maxExchanges);
    }

    /** Ends an exchange that had entered. */
    public void leave() {
        exchanges.leave();
    }

    /** Begins an attempt after the first of an exchange; false: there are too many. */
    public boolean enterRetry() {
        return retries.enter(maxRetries);
    }

    /** Ends a retry that had entered. */
    public void leaveRetry() {
        retries.leave();
    }

    /** Exchanges at work, where they are limited. */
    public int exchanges() {
        return exchanges.inside();
    }

    /** Retries at work. */
    public int retries() {
        return retries.inside();
    }

    /** Whether the next exchange would be refused. */
    public boolean open() {
        return exchanges.inside() >= maxExchanges;
    }
}
