package io.evenkeel.proxy.telemetry;

/**
 * What one event loop counts of one upstream besides its exchanges.
 *
 * <p><b>Threading.</b> {@link #retried} and {@link #overflowed} are confined to its event loop; any thread reads.
 */
@SuppressWarnings("EnumOrdinal") // ordinals index a plain array and never leave the class
public final class UpstreamMeter {

    private final String upstream;
    private final LoopCounter retries = new LoopCounter();
    private final LoopCounter[] overflows = LoopCounter.table(Overflow.values().length);

    UpstreamMeter(String upstream) {
        this.upstream = upstream;
    }

    /** Counts one attempt after the first. */
    public void retried() {
        retries.increment();
    }

    /** Counts what was not done because there was too much of it. */
    public void overflowed(Overflow limit) {
        overflows[limit.ordinal()].increment();
    }

    String upstream() {
        return upstream;
    }

    long retries() {
        return retries.read();
    }

    long overflows(Overflow limit) {
        return overflows[limit.ordinal()].read();
    }
}
