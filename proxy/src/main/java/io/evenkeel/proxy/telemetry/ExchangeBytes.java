package io.evenkeel.proxy.telemetry;

/** How many bytes of an exchange passed the downstream connection, heads included, and how many of them were body. Event-loop confined. */
public final class ExchangeBytes {

    private long received;
    private long sent;
    private long bodyReceived;
    private long bodySent;

    void reset() {
        received = 0;
        sent = 0;
        bodyReceived = 0;
        bodySent = 0;
    }

    /** Adds bytes of a request head, or of framing. */
    public void receivedHead(long count) {
        received += count;
    }

    /** Adds bytes of a request body, without framing. */
    public void receivedBody(long count) {
        received += count;
        bodyReceived += count;
    }

    /** Adds bytes of a response head, or of framing. */
    public void sentHead(long count) {
        sent += count;
    }

    /** Adds bytes of a response body, without framing. */
    public void sentBody(long count) {
        sent += count;
        bodySent += count;
    }

    long received() {
        return received;
    }

    long sent() {
        return sent;
    }

    long bodyReceived() {
        return bodyReceived;
    }

    long bodySent() {
        return bodySent;
    }
}
