package io.evenkeel.proxy.telemetry;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object per line, always with the same fields in the same order; what is not known is {@code null}.
 *
 * <ul>
 *   <li>{@code time}: when the exchange began, RFC 3339, UTC
 *   <li>{@code request_id, client, listener, route, upstream, endpoint, attempts}: the endpoint is the last attempt's
 *   <li>{@code method, host, target, protocol, referer, user_agent}: as received, cut off at the lengths in {@link Part}
 *   <li>{@code status}, {@code null} for a TCP connection; {@code failure, phase, side}: why, when and by whose fault it failed
 *   <li>{@code bytes_in, bytes_out}: what passed the downstream connection; {@code body_bytes_in, body_bytes_out}: bodies alone
 *   <li>{@code duration_us}: first byte in to last byte out; {@code added_us}: the part of it spent in the router
 *   <li>{@code head_us, picked_us, acquired_us, sent_us, answered_us}: when, counted from the first byte, the head was there, an
 *       endpoint was picked, a connection to it acquired, the request sent, and the response head there
 * </ul>
 *
 * <p>Everything is ASCII: a byte from outside that is not printable ASCII becomes {@code \}{@code u00HH}.
 */
final class JsonFormat implements LineFormat {

    private static final long MICRO_NANOS = 1_000;

    private static final byte[] REQUEST_ID = key("request_id");
    private static final byte[] CLIENT = key("client");
    private static final byte[] LISTENER = key("listener");
    private static final byte[] ROUTE = key("route");
    private static final byte[] UPSTREAM = key("upstream");
    private static final byte[] ENDPOINT = key("endpoint");
    private static final byte[] ATTEMPTS = key("attempts");
    private static final byte[] METHOD = key("method");
    private static final byte[] HOST = key("host");
    private static final byte[] TARGET = key("target");
    private static final byte[] PROTOCOL = key("protocol");
    private static final byte[] REFERER = key("referer");
    private static final byte[] USER_AGENT = key("user_agent");
    private static final byte[] STATUS = key("status");
    private static final byte[] FAILURE = key("failure");
    private static final byte[] PHASE = key("phase");
    private static final byte[] SIDE = key("side");
    private static final byte[] BYTES_IN = key("bytes_in");
    private static final byte[] BYTES_OUT = key("bytes_out");
    private static final byte[] BODY_BYTES_IN = key("body_bytes_in");
    private static final byte[] BODY_BYTES_OUT = key("body_bytes_out");
    private static final byte[] DURATION_US = key("duration_us");
    private static final byte[] ADDED_US = key("added_us");
    private static final byte[] HEAD_US = key("head_us");
    private static final byte[] PICKED_US = key("picked_us");
    private static final byte[] ACQUIRED_US = key("acquired_us");
    private static final byte[] SENT_US = key("sent_us");
    private static final byte[] ANSWERED_US = key("answered_us");
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    @Override
    public void render(ExchangeRecord exchange, LineBuffer line) {
        line.put("{\"time\":\"");
        LogTime.putIso(line, exchange.startMillis());
        line.put('"');
        putWay(exchange, line);
        putRequest(exchange, line);
        putResult(exchange, line);
        putTimes(exchange, line);
        line.put("}\n");
    }

    private static void putWay(ExchangeRecord exchange, LineBuffer line) {
        putPart(line, REQUEST_ID, exchange, Part.REQUEST_ID);
        putPart(line, CLIENT, exchange, Part.CLIENT);
        putName(line, LISTENER, exchange.listener());
        putName(line, ROUTE, exchange.route());
        putName(line, UPSTREAM, exchange.upstream());
        putName(line, ENDPOINT, exchange.endpoint());
        putNumber(line, ATTEMPTS, exchange.attempts());
    }

    private static void putRequest(ExchangeRecord exchange, LineBuffer line) {
        putPart(line, METHOD, exchange, Part.METHOD);
        putPart(line, HOST, exchange, Part.HOST);
        putPart(line, TARGET, exchange, Part.TARGET);
        putPart(line, PROTOCOL, exchange, Part.PROTOCOL);
        putPart(line, REFERER, exchange, Part.REFERER);
        putPart(line, USER_AGENT, exchange, Part.USER_AGENT);
    }

    private static void putResult(ExchangeRecord exchange, LineBuffer line) {
        putStatus(line, exchange.status());
        @Nullable Failure failure = exchange.failure();
        putName(line, FAILURE, failure == null ? "" : failure.label());
        putName(line, PHASE, failure == null ? "" : failure.phase().label());
        putName(line, SIDE, failure == null ? "" : failure.side().label());
        ExchangeBytes bytes = exchange.bytes();
        putNumber(line, BYTES_IN, bytes.received());
        putNumber(line, BYTES_OUT, bytes.sent());
        putNumber(line, BODY_BYTES_IN, bytes.bodyReceived());
        putNumber(line, BODY_BYTES_OUT, bytes.bodySent());
    }

    private static void putTimes(ExchangeRecord exchange, LineBuffer line) {
        putMoment(line, DURATION_US, exchange, Moment.FINISHED);
        putMicros(line, ADDED_US, exchange.addedNanos());
        putMoment(line, HEAD_US, exchange, Moment.HEAD_RECEIVED);
        putMoment(line, PICKED_US, exchange, Moment.ENDPOINT_PICKED);
        putMoment(line, ACQUIRED_US, exchange, Moment.CONNECTION_ACQUIRED);
        putMoment(line, SENT_US, exchange, Moment.REQUEST_SENT);
        putMoment(line, ANSWERED_US, exchange, Moment.RESPONSE_HEAD_RECEIVED);
    }

    /** What is relayed as it is has none. */
    private static void putStatus(LineBuffer line, int status) {
        if (status == 0) {
            line.put(STATUS);
            line.put(NULL);
        } else {
            putNumber(line, STATUS, status);
        }
    }

    private static void putNumber(LineBuffer line, byte[] key, long value) {
        line.put(key);
        line.putNumber(value);
    }

    private static void putMoment(LineBuffer line, byte[] key, ExchangeRecord exchange, Moment moment) {
        long started = exchange.nanos(Moment.STARTED);
        long at = exchange.nanos(moment);
        boolean known = started != ExchangeRecord.NOT_REACHED && at != ExchangeRecord.NOT_REACHED;
        putMicros(line, key, known ? Math.max(0, at - started) : -1);
    }

    private static void putMicros(LineBuffer line, byte[] key, long nanos) {
        line.put(key);
        if (nanos < 0) {
            line.put(NULL);
        } else {
            line.putNumber(nanos / MICRO_NANOS);
        }
    }

    private static void putName(LineBuffer line, byte[] key, String name) {
        line.put(key);
        int length = name.length();
        if (length == 0) {
            line.put(NULL);
            return;
        }
        line.put('"');
        for (int i = 0; i < length; i++) {
            putEscaped(line, name.charAt(i));
        }
        line.put('"');
    }

    private static void putPart(LineBuffer line, byte[] key, ExchangeRecord exchange, Part part) {
        line.put(key);
        int at = exchange.offset(part);
        int to = at + exchange.length(part);
        if (at == to) {
            line.put(NULL);
            return;
        }
        byte[] text = exchange.text();
        line.put('"');
        while ((at = line.putWhile(AsciiSet.QUOTED, text, at, to)) < to) {
            line.putEscape('u', text[at++] & 0xFF, 4);
        }
        line.put('"');
    }

    private static void putEscaped(LineBuffer line, char unit) {
        if (AsciiSet.QUOTED.contains(unit)) {
            line.put(unit);
        } else {
            line.putEscape('u', unit, 4);
        }
    }

    private static byte[] key(String name) {
        return (",\"" + name + "\":").getBytes(StandardCharsets.US_ASCII);
    }
}
