package io.evenkeel.proxy.telemetry;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is to be remembered of one exchange: filled in by the data plane as the exchange goes, rendered by the access log at its end,
 * then {@link #reset} and used again.
 *
 * <p><b>Threading.</b> Event-loop confined. <b>Memory.</b> Text from the wire is copied into one buffer that starts empty, grows to
 * what the exchanges of this record needed and is bounded by the lengths in {@link Part}; copy only while the access log is on.
 */
@SuppressWarnings("EnumOrdinal") // ordinals index plain arrays, never leave the class, and cost no map
public final class ExchangeRecord {

    /** Stands for a moment that was not reached; no clock reads it in practice. */
    static final long NOT_REACHED = Long.MIN_VALUE;

    private static final int PARTS = Part.values().length;
    private static final int FIRST_BYTES = 512;
    private static final byte[] NONE = {};

    private final long[] moments = new long[Moment.values().length];
    private final int[] offsets = new int[PARTS];
    private final int[] lengths = new int[PARTS];
    private byte[] text = NONE;
    private int used;

    private String listener = "";
    private String route = "";
    private String upstream = "";
    private String endpoint = "";
    private int attempts;
    private int status;
    private @Nullable Failure failure;
    private long startMillis;
    private long addedNanos;
    private final ExchangeBytes bytes = new ExchangeBytes();

    public ExchangeRecord() {
        reset();
    }

    /** Forgets everything but the buffer. */
    public void reset() {
        Arrays.fill(moments, NOT_REACHED);
        Arrays.fill(lengths, 0);
        used = 0;
        listener = "";
        route = "";
        upstream = "";
        endpoint = "";
        attempts = 0;
        status = 0;
        failure = null;
        startMillis = 0;
        addedNanos = -1;
        bytes.reset();
    }

    /** Copies a piece of text, cut off at the part's length; a second copy of the same part replaces the first. */
    public void copy(Part part, byte[] source, int offset, int length) {
        int kept = reserve(part, length);
        System.arraycopy(source, offset, text, offsets[part.ordinal()], kept);
    }

    private int reserve(Part part, int length) {
        int kept = Math.min(Math.min(length, part.maxBytes()), Part.TOTAL_BYTES - used);
        if (used + kept > text.length) {
            int wanted = Math.max(Math.max(FIRST_BYTES, text.length * 2), used + kept);
            text = Arrays.copyOf(text, Math.min(wanted, Part.TOTAL_BYTES));
        }
        offsets[part.ordinal()] = used;
        lengths[part.ordinal()] = kept;
        used += kept;
        return kept;
    }

    /** Where the exchange goes; a name that is not known is the empty string. */
    public void routed(String listener, String route, String upstream) {
        this.listener = listener;
        this.route = route;
        this.upstream = upstream;
    }

    /** One more attempt, at the endpoint of this address. */
    public void attempted(String endpoint) {
        this.endpoint = endpoint;
        attempts++;
    }

    /** So many attempts, the last of them at the endpoint of this address. */
    public void attempts(int count, String last) {
        this.endpoint = last;
        attempts = count;
    }

    /** Of the attempts made it was the one here that counts. */
    public void answeredBy(String endpoint) {
        this.endpoint = endpoint;
    }

    /** The status answered or, where no response was possible, the one that tells why. */
    public void status(int status) {
        this.status = status;
    }

    public void failed(@Nullable Failure failure) {
        this.failure = failure;
    }

    /** When the exchange began, in milliseconds since 1970. */
    public void startMillis(long epochMillis) {
        startMillis = epochMillis;
    }

    /** Time spent in the router; negative when unknown. */
    public void addedNanos(long nanos) {
        addedNanos = nanos;
    }

    /** The clock (its origin is any) at this moment. */
    public void reached(Moment moment, long nanos) {
        moments[moment.ordinal()] = nanos;
    }

    /** What was received from and sent to the client. */
    public ExchangeBytes bytes() {
        return bytes;
    }

    /** The clock at this moment, or {@link #NOT_REACHED}. */
    long nanos(Moment moment) {
        return moments[moment.ordinal()];
    }

    public int attempts() {
        return attempts;
    }

    public int status() {
        return status;
    }

    public @Nullable Failure failure() {
        return failure;
    }

    long addedNanos() {
        return addedNanos;
    }

    public String upstream() {
        return upstream;
    }

    public String endpoint() {
        return endpoint;
    }

    String listener() {
        return listener;
    }

    String route() {
        return route;
    }

    long startMillis() {
        return startMillis;
    }

    /** The buffer that the offsets of {@link #offset} point into. */
    byte[] text() {
        return text;
    }

    int offset(Part part) {
        return offsets[part.ordinal()];
    }

    int length(Part part) {
        return lengths[part.ordinal()];
    }
}
