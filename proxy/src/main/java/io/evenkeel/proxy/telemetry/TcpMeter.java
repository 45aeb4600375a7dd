package io.evenkeel.proxy.telemetry;

/**
 * What one event loop counts of the connections that went from one TCP listener to one upstream, or nowhere.
 *
 * <p><b>Threading.</b> Counting is confined to its event loop; any thread reads.
 */
public final class TcpMeter {

    private final String listener;
    private final String upstream;
    private final LoopCounter begun = new LoopCounter();
    private final LoopCounter ended = new LoopCounter();
    private final LoopCounter endedNanos = new LoopCounter();
    private final LoopCounter received = new LoopCounter();
    private final LoopCounter sent = new LoopCounter();

    TcpMeter(String listener, String upstream) {
        this.listener = listener;
        this.upstream = upstream;
    }

    /** A connection is to go there. */
    public void begun() {
        begun.increment();
    }

    /** A connection that was {@link #begun} has ended, so long after. */
    public void ended(long nanos) {
        endedNanos.add(nanos);
        ended.increment();
    }

    /** Bytes came from clients. */
    public void received(long bytes) {
        received.add(bytes);
    }

    /** Bytes came for clients. */
    public void sent(long bytes) {
        sent.add(bytes);
    }

    String listener() {
        return listener;
    }

    String upstream() {
        return upstream;
    }

    /** Connections there are now; never negative, because what has ended is read before what has begun. */
    long open() {
        long gone = ended.read();
        return begun.read() - gone;
    }

    long connections() {
        return begun.read();
    }

    double endedSeconds() {
        return endedNanos.read() / 1e9;
    }

    long bytesReceived() {
        return received.read();
    }

    long bytesSent() {
        return sent.read();
    }
}
