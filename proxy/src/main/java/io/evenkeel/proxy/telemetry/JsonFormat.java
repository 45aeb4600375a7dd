package io.evenkeel.proxy.telemetry;

import org.jspecify.annotations.Nullable;

/**
 * One JSON object per line, always with the same fields in the same order; what is not known is {@code null}.
 *
 * <ul>
 *   <li>{@code time}: when the exchange began, RFC 3339, UTC
 *   <li>{@code request_id, client, listener, route, upstream, endpoint, attempts}: the endpoint is the last attempt's
 *   <li>{@code method, host, target, protocol, referer, user_agent}: as received, cut off at the lengths in {@link Part}
 *   <li>{@code status}; {@code failure, phase, side}: why, when and by whose fault it failed
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
        putPart(line, ",\"request_id\":", exchange, Part.REQUEST_ID);
        putPart(line, ",\"client\":", exchange, Part.CLIENT);
        putName(line, ",\"listener\":", exchange.listener());
        putName(line, ",\"route\":", exchange.route());
        putName(line, ",\"upstream\":", exchange.upstream());
        putName(line, ",\"endpoint\":", exchange.endpoint());
        putNumber(line, ",\"attempts\":", exchange.attempts());
    }

    private static void putRequest(ExchangeRecord exchange, LineBuffer line) {
        putPart(line, ",\"method\":", exchange, Part.METHOD);
        putPart(line, ",\"host\":", exchange, Part.HOST);
        putPart(line, ",\"target\":", exchange, Part.TARGET);
        putPart(line, ",\"protocol\":", exchange, Part.PROTOCOL);
        putPart(line, ",\"referer\":", exchange, Part.REFERER);
        putPart(line, ",\"user_agent\":", exchange, Part.USER_AGENT);
    }

    private static void putResult(ExchangeRecord exchange, LineBuffer line) {
        putNumber(line, ",\"status\":", exchange.status());
        @Nullable Failure failure = exchange.failure();
        putName(line, ",\"failure\":", failure == null ? "" : failure.label());
        putName(line, ",\"phase\":", failure == null ? "" : failure.phase().label());
        putName(line, ",\"side\":", failure == null ? "" : failure.side().label());
        ExchangeBytes bytes = exchange.bytes();
        putNumber(line, ",\"bytes_in\":", bytes.received());
        putNumber(line, ",\"bytes_out\":", bytes.sent());
        putNumber(line, ",\"body_bytes_in\":", bytes.bodyReceived());
        putNumber(line, ",\"body_bytes_out\":", bytes.bodySent());
    }

    private static void putTimes(ExchangeRecord exchange, LineBuffer line) {
        putMoment(line, ",\"duration_us\":", exchange, Moment.FINISHED);
        putMicros(line, ",\"added_us\":", exchange.addedNanos());
        putMoment(line, ",\"head_us\":", exchange, Moment.HEAD_RECEIVED);
        putMoment(line, ",\"picked_us\":", exchange, Moment.ENDPOINT_PICKED);
        putMoment(line, ",\"acquired_us\":", exchange, Moment.CONNECTION_ACQUIRED);
        putMoment(line, ",\"sent_us\":", exchange, Moment.REQUEST_SENT);
        putMoment(line, ",\"answered_us\":", exchange, Moment.RESPONSE_HEAD_RECEIVED);
    }

    private static void putNumber(LineBuffer line, String key, long value) {
        line.put(key);
        line.putNumber(value);
    }

    private static void putMoment(LineBuffer line, String key, ExchangeRecord exchange, Moment moment) {
        long started = exchange.nanos(Moment.STARTED);
        long at = exchange.nanos(moment);
        boolean known = started != ExchangeRecord.NOT_REACHED && at != ExchangeRecord.NOT_REACHED;
        putMicros(line, key, known ? Math.max(0, at - started) : -1);
    }

    private static void putMicros(LineBuffer line, String key, long nanos) {
        line.put(key);
        if (nanos < 0) {
            line.put("null");
        } else {
            line.putNumber(nanos / MICRO_NANOS);
        }
    }

    private static void putName(LineBuffer line, String key, String name) {
        line.put(key);
        int length = name.length();
        if (length == 0) {
            line.put("null");
            return;
        }
        line.put('"');
        for (int i = 0; i < length; i++) {
            putEscaped(line, name.charAt(i));
        }
        line.put('"');
    }

    private static void putPart(LineBuffer line, String key, ExchangeRecord exchange, Part part) {
        line.put(key);
        int from = exchange.offset(part);
        int to = from + exchange.length(part);
        if (from == to) {
            line.put("null");
            return;
        }
        byte[] text = exchange.text();
        line.put('"');
        for (int i = from; i < to; i++) {
            putEscaped(line, text[i] & 0xFF);
        }
        line.put('"');
    }

    private static void putEscaped(LineBuffer line, int unit) {
        if (unit < ' ' || unit >= 0x7F || unit == '"' || unit == '\\') {
            line.putEscape('u', unit, 4);
        } else {
            line.put(unit);
        }
    }
}
