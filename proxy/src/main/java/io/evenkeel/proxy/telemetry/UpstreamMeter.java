package io.evenkeel.proxy.telemetry;

/**
 * What one event loop counts of one upstream besides its exchanges.
 *
 * <p><b>Threading.</b> Counting is confined to its event loop; any thread reads.
 */
@SuppressWarnings("EnumOrdinal") // ordinals index a plain array and never leave the class
public final class UpstreamMeter {

    private final String upstream;
    private final LoopCounter retries = new LoopCounter();
    private final LoopCounter[] overflows = LoopCounter.table(Overflow.values().length);
    private final LoopCounter keysAborted = new LoopCounter();
    private final LoopCounter[] ties = LoopCounter.table(TieOutcome.values().length);

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

    /** Counts one request whose path took a regular expression too many steps. */
    public void keyAborted() {
        keysAborted.increment();
    }

    /** Counts one request that may have been tied to an endpoint. */
    public void tied(TieOutcome outcome) {
        ties[outcome.ordinal()].increment();
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

    long keysAborted() {
        return keysAborted.read();
    }

    long ties(TieOutcome outcome) {
        return ties[outcome.ordinal()].read();
    }
}
