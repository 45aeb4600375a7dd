package io.evenkeel.cli.vvm;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a client asked its response to be, with query parameters such as {@code ?delay=50ms&size=10k&status=503}.
 *
 * @param delayMillis how long the response is held back, 0–60,000
 * @param sizeBytes the length of the filler that replaces the usual body, 0–64 MiB
 * @param status 200–599
 */
record Knobs(long delayMillis, OptionalLong sizeBytes, int status) {

    private static final long MAX_DELAY_MILLIS = 60_000;
    private static final long MAX_SIZE_BYTES = 64L << 20;
    private static final int MIN_STATUS = 200;
    private static final int MAX_STATUS = 599;

    private static final Pattern DELAY = Pattern.compile("(\\d{1,9})(ms|s)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([km]?)");
    private static final Pattern STATUS = Pattern.compile("\\d{3}");

    /**
     * Reads the knobs; parameters of other names are left alone.
     *
     * @throws IllegalArgumentException with a message for the client when a knob is malformed or out of range
     */
    static Knobs of(QueryStringDecoder query) {
        boolean sized = query.parameters().containsKey("size");
        return new Knobs(
                delayMillis(knob(query, "delay", "0ms")),
                sized ? OptionalLong.of(bytes(knob(query, "size", ""))) : OptionalLong.empty(),
                code(knob(query, "status", "200")));
    }

    private static String knob(QueryStringDecoder query, String name, String absent) {
        List<String> values = query.parameters().getOrDefault(name, List.of(absent));
        if (values.size() > 1) {
            throw new IllegalArgumentException(name + ": expected one value");
        }
        return values.get(0);
    }

    private static long delayMillis(String text) {
        Matcher delay = DELAY.matcher(text);
        long millis = delay.matches() ? number(delay) * (delay.group(2).equals("s") ? 1_000 : 1) : Long.MAX_VALUE;
        return within(0, millis, MAX_DELAY_MILLIS, "delay: expected 0ms–60s, such as 50ms or 2s");
    }

    private static long bytes(String text) {
        Matcher size = SIZE.matcher(text);
        long bytes = size.matches() ? number(size) << shift(size.group(2)) : Long.MAX_VALUE;
        return within(0, bytes, MAX_SIZE_BYTES, "size: expected 0–64m, such as 500, 10k or 1m");
    }

    private static int code(String text) {
        int code = STATUS.matcher(text).matches() ? Integer.parseInt(text) : 0;
        return (int) within(MIN_STATUS, code, MAX_STATUS, "status: expected 200–599");
    }

    private static long number(Matcher matcher) {
        return Long.parseLong(matcher.group(1));
    }

    private static int shift(String unit) {
        return switch (unit) {
            case "k" -> 10;
            case "m" -> 20;
            default -> 0;
        };
    }

    private static long within(long min, long value, long max, String otherwise) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(otherwise);
        }
        return value;
    }
}
