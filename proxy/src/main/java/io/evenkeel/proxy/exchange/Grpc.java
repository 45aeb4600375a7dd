package io.evenkeel.proxy.exchange;

import io.evenkeel.proxy.http.FieldTable;
import io.evenkeel.proxy.http.KnownField;
import io.evenkeel.proxy.http.Octets;
import io.evenkeel.proxy.http.RequestHead;
import io.evenkeel.proxy.http.ResponseHead;
import io.netty.buffer.ByteBuf;

/**
 * What of gRPC a router has to understand. Stateless.
 *
 * <p><b>Spec.</b> "gRPC over HTTP2": Content-Type, Timeout, Trailers.
 */
final class Grpc {

    /** A time-out has so many digits at most. */
    private static final int MAX_DIGITS = 8;

    /** Longer than any call lives, 365 days: so that hours in eight digits do not overflow. */
    static final long MOST_NANOS = 365 * 86_400_000_000_000L;

    private static final byte[] TYPE = Octets.ascii("application/grpc");
    private static final byte[] TIMEOUT = Octets.ascii("grpc-timeout");
    private static final byte[] STATUS = Octets.ascii("grpc-status");
    private static final byte[] UNAVAILABLE = Octets.ascii("14");

    private Grpc() {}

    /** Whether this is a call: {@code application/grpc}, perhaps with a suffix or parameters, but not its cousin for browsers, {@code application/grpc-web}. */
    static boolean call(RequestHead head) {
        FieldTable fields = head.fields();
        int line = fields.find(KnownField.CONTENT_TYPE, 0);
        if (line < 0) {
            return false;
        }
        int end = fields.valueStart(line) + TYPE.length;
        if (end > fields.valueEnd(line) || !Octets.equalsIgnoreCase(head.bytes(), fields.valueStart(line), end, TYPE)) {
            return false;
        }
        byte next = end == fields.valueEnd(line) ? (byte) ';' : head.bytes()[end];
        return next == '+' || next == ';' || Octets.isBlank(next);
    }

    /** How long the client waits for the call, in nanoseconds; 0: it does not say, or not as it should, which is the endpoint's to judge. */
    static long timeoutNanos(RequestHead head) {
        FieldTable fields = head.fields();
        for (int i = 0; i < fields.count(); i++) {
            if (Octets.equalsIgnoreCase(head.bytes(), fields.start(i), fields.nameEnd(i), TIMEOUT)) {
                return timeoutNanos(head.bytes(), fields.valueStart(i), fields.valueEnd(i));
            }
        }
        return 0;
    }

    /** One to eight digits and a unit; a time-out of nothing is the shortest there is. */
    private static long timeoutNanos(byte[] bytes, int start, int end) {
        int unit = end - 1;
        if (unit <= start || unit - start > MAX_DIGITS) {
            return 0;
        }
        long value = 0;
        for (int i = start; i < unit; i++) {
            if (!Octets.isDigit(bytes[i])) {
                return 0;
            }
            value = value * 10 + (bytes[i] - '0');
        }
        long nanos = unitNanos(bytes[unit]);
        return nanos == 0 ? 0 : Math.max(1, value > MOST_NANOS / nanos ? MOST_NANOS : value * nanos);
    }

    private static long unitNanos(byte unit) {
        return switch (unit) {
            case 'H' -> 3_600_000_000_000L;
            case 'M' -> 60_000_000_000L;
            case 'S' -> 1_000_000_000L;
            case 'm' -> 1_000_000L;
            case 'u' -> 1_000L;
            case 'n' -> 1L;
            default -> 0;
        };
    }

    /** Whether a head that is all of the answer says that the endpoint is not to be had. */
    static boolean unavailable(ResponseHead head) {
        FieldTable fields = head.fields();
        for (int i = 0; i < fields.count(); i++) {
            if (Octets.equalsIgnoreCase(head.bytes(), fields.start(i), fields.nameEnd(i), STATUS)) {
                return Octets.equals(head.bytes(), fields.valueStart(i), fields.valueEnd(i), UNAVAILABLE);
            }
        }
        return false;
    }

    /** Whether trailers say so. They are field lines as this router writes them. */
    static boolean unavailable(ByteBuf trailers) {
        int from = trailers.readerIndex();
        while (from < trailers.writerIndex()) {
            int end = trailers.indexOf(from, trailers.writerIndex(), (byte) '\n');
            if (end < 0) {
                return false;
            }
            if (says(trailers, from, end - 1)) {
                return true;
            }
            from = end + 1;
        }
        return false;
    }

    /** Whether the line is {@code grpc-status: 14}. */
    private static boolean says(ByteBuf in, int start, int end) {
        int value = start + STATUS.length + 2;
        if (end - value != UNAVAILABLE.length || in.getByte(value - 2) != ':') {
            return false;
        }
        for (int i = 0; i < STATUS.length; i++) {
            if (Octets.lower(in.getByte(start + i)) != STATUS[i]) {
                return false;
            }
        }
        return in.getByte(value) == UNAVAILABLE[0] && in.getByte(value + 1) == UNAVAILABLE[1];
    }
}
