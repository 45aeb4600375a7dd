package io.evenkeel.proxy.telemetry;

import java.util.concurrent.atomic.AtomicLong;

/** How often the configuration was reloaded, and when last. Any thread. */
final class ReloadCounts {

    private final AtomicLong applied = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    /** When the configuration in force took force, in milliseconds since 1970; whoever reloads writes, scrapes read. */
    private volatile long appliedMillis = System.currentTimeMillis();

    void applied() {
        applied.incrementAndGet();
        appliedMillis = System.currentTimeMillis();
    }

    void refused() {
        refused.incrementAndGet();
    }

    long appliedCount() {
        return applied.get();
    }

    long refusedCount() {
        return refused.get();
    }

    long appliedMillis() {
        return appliedMillis;
    }
}
