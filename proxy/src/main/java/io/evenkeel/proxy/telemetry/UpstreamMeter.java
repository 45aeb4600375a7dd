package io.evenkeel.proxy.telemetry;

/**
 * What one event loop counts of one upstream besides its exchanges.
 *
 * <p><b>Threading.</b> {@link #retried} is confined to its event loop; any thread reads.
 */
public final class UpstreamMeter {

    private final String upstream;
    private final LoopCounter retries = new LoopCounter();

    UpstreamMeter(String upstream) {
        this.upstream = upstream;
    }

    /** Counts one attempt after the first. */
    public void retried() {
        retries.increment();
    }

    String upstream() {
        return upstream;
    }

    long retries() {
        return retries.read();
    }
}
