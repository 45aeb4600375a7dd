package io.evenkeel.proxy.telemetry;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A bounded queue of bytes from one producer to one consumer. What does not fit is refused whole; nobody ever waits.
 *
 * <p><b>Threading.</b> {@link #offer} and {@link #retire} belong to the producer, {@link #drainTo} to the consumer.
 */
final class ByteRing {

    private final byte[] bytes;

    /** Bytes ever offered; written by the producer, its release store publishes the bytes. */
    private final AtomicLong offered = new AtomicLong();

    /** Bytes ever drained; written by the consumer, its release store gives the space back. */
    private final AtomicLong drained = new AtomicLong();

    /** That nothing will be offered any more; written by the producer after its last offer, read by the consumer. */
    private volatile boolean retired;

    ByteRing(int capacityBytes) {
        bytes = new byte[capacityBytes];
    }

    /** Takes all of the bytes or none of them. */
    boolean offer(byte[] source, int length) {
        long from = offered.getPlain();
        if (length > bytes.length - (from - drained.getAcquire())) {
            return false;
        }
        int at = (int) (from % bytes.length);
        int straight = Math.min(length, bytes.length - at);
        System.arraycopy(source, 0, bytes, at, straight);
        System.arraycopy(source, straight, bytes, 0, length - straight);
        offered.setRelease(from + length);
        return true;
    }

    /** Whether it is time to wake a consumer that sleeps. */
    boolean moreThanHalfFull() {
        return offered.getPlain() - drained.getPlain() > bytes.length / 2;
    }

    /**
     * Hands everything offered so far to the sink, in at most two pieces.
     *
     * @return how many bytes that was
     */
    int drainTo(Sink sink) {
        long from = drained.getPlain();
        long to = offered.getAcquire();
        int length = (int) (to - from);
        if (length == 0) {
            return 0;
        }
        int at = (int) (from % bytes.length);
        int straight = Math.min(length, bytes.length - at);
        sink.write(bytes, at, straight);
        if (length > straight) {
            sink.write(bytes, 0, length - straight);
        }
        drained.setRelease(to);
        return length;
    }

    void retire() {
        retired = true;
    }

    boolean isRetiredAndEmpty() {
        return retired && drained.getPlain() == offered.getAcquire();
    }

    /** Takes bytes; must neither keep the array nor throw. */
    interface Sink {
        void write(byte[] source, int offset, int length);
    }
}
