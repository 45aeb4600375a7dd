package io.evenkeel.proxy.telemetry;

/**
 * What one event loop counts of its clients' HTTP/2 connections.
 *
 * <p><b>Threading.</b> Written by the loop, read by scrapes.
 */
@SuppressWarnings("EnumOrdinal") // ordinals index plain arrays, never leave the class, and cost no map
public final class Http2Meter {

    private final LoopCounter streams = new LoopCounter();
    private final LoopCounter resetByClient = new LoopCounter();
    private final LoopCounter resetByRouter = new LoopCounter();
    private final LoopCounter[] floods = LoopCounter.table(Flood.values().length);

    /** A client has begun a request. */
    public void opened() {
        streams.increment();
    }

    /** A client has given a stream up. */
    public void resetByClient() {
        resetByClient.increment();
    }

    /** A stream had to be reset. */
    public void resetByRouter() {
        resetByRouter.increment();
    }

    /** A connection was ended because of this. */
    public void flooded(Flood kind) {
        floods[kind.ordinal()].increment();
    }

    long streams() {
        return streams.read();
    }

    long resetsByClient() {
        return resetByClient.read();
    }

    long resetsByRouter() {
        return resetByRouter.read();
    }

    long floods(Flood kind) {
        return floods[kind.ordinal()].read();
    }
}
