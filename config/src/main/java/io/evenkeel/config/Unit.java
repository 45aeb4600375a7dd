package io.evenkeel.config;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a number counts: things, bytes or nanoseconds. Immutable. */
final class Unit {

    static final Unit COUNT = new Unit("a whole number", List.of(new Step("", 1, 1)));

    static final Unit BYTES = new Unit(
            "a size such as 512, 16KiB or 1GiB",
            List.of(
                    new Step("TiB", 1L << 40, 1),
                    new Step("GiB", 1L << 30, 1),
                    new Step("MiB", 1L << 20, 1),
                    new Step("KiB", 1L << 10, 1),
                    new Step("", 1, 1)));

    /** Minutes and longer are written from two on, so that a minute reads as 60s. */
    static final Unit TIME = new Unit(
            "a duration such as 500ms, 30s or 5m",
            List.of(
                    new Step("d", 86_400_000_000_000L, 2),
                    new Step("h", 3_600_000_000_000L, 2),
                    new Step("m", 60_000_000_000L, 2),
                    new Step("s", 1_000_000_000L, 0),
                    new Step("ms", 1_000_000L, 1),
                    new Step("us", 1_000L, 1),
                    new Step("ns", 1, 1)));

    private static final Pattern PART = Pattern.compile("(\\d+)([A-Za-z]*)");

    private final String example;
    private final List<Step> steps;

    /** A unit's name, its length in the smallest unit, and from how many on it is written. */
    private record Step(String name, long length, int writtenFrom) {}

    private Unit(String example, List<Step> steps) {
        this.example = example;
        this.steps = steps;
    }

    /** What a text of this unit looks like. */
    String example() {
        return example;
    }

    /** The amount in the smallest unit, at most what a long holds; empty when the text is none. */
    OptionalLong parse(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative ? text.substring(1) : text;
        if (digits.equals("0")) {
            return OptionalLong.of(0);
        }
        OptionalLong amount = this == TIME ? sum(digits) : part(PART.matcher(digits));
        return negative && amount.isPresent() ? OptionalLong.of(-amount.getAsLong()) : amount;
    }

    /** Parts one after another, such as {@code 1m30s}. */
    private OptionalLong sum(String text) {
        Matcher part = PART.matcher(text);
        long total = 0;
        int end = 0;
        while (end < text.length()) {
            part.region(end, text.length());
            OptionalLong amount = part.lookingAt() ? amount(part) : OptionalLong.empty();
            if (amount.isEmpty()) {
                return amount;
            }
            total = total > Long.MAX_VALUE - amount.getAsLong() ? Long.MAX_VALUE : total + amount.getAsLong();
            end = part.end();
        }
        return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(total);
    }

    private OptionalLong part(Matcher part) {
        return part.matches() ? amount(part) : OptionalLong.empty();
    }

    private OptionalLong amount(Matcher part) {
        for (Step step : steps) {
            if (step.name().equals(part.group(2))) {
                return OptionalLong.of(saturated(part.group(1), step.length()));
            }
        }
        return OptionalLong.empty();
    }

    private static long saturated(String digits, long length) {
        try {
            return Math.multiplyExact(Long.parseLong(digits), length);
        } catch (ArithmeticException | NumberFormatException tooLarge) {
            return Long.MAX_VALUE;
        }
    }

    /** The amount in the largest unit that loses nothing, with the gap before its name. */
    String render(long amount, String gap) {
        for (Step step : steps) {
            if (amount % step.length() == 0 && amount / step.length() >= step.writtenFrom()) {
                return amount / step.length() + (step.name().isEmpty() ? "" : gap + step.name());
            }
        }
        return String.valueOf(amount);
    }
}
