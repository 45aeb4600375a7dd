package io.evenkeel.config;

import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Numbers with a range: counts, sizes and durations.
 *
 * @param unit what is counted
 * @param type {@code int}, {@code long} or {@link Duration}
 * @param min least amount, in the smallest unit
 * @param max greatest amount, in the smallest unit
 */
record Quantity(Unit unit, Class<?> type, long min, long max) implements ScalarType<Long> {

    /** A year: longer than any wait that is meant, short enough for every timer. */
    private static final long LONGEST_NANOS = Duration.ofDays(365).toNanos();

    static Quantity of(Unit unit, Class<?> type, Knob knob) {
        long most = unit == Unit.TIME ? LONGEST_NANOS : type == int.class ? Integer.MAX_VALUE : Long.MAX_VALUE;
        long min = unit.parse(knob.min()).orElseThrow();
        return new Quantity(
                unit,
                type,
                min,
                knob.max().isEmpty() ? most : unit.parse(knob.max()).orElseThrow());
    }

    @Override
    public @Nullable Long parse(String text) {
        OptionalLong amount = unit.parse(text);
        return amount.isPresent() ? (Long) amount.getAsLong() : null;
    }

    @Override
    public boolean allows(Long amount) {
        return min <= amount && amount <= max;
    }

    /** Names the greatest amount where it was chosen for the knob, or where it was passed. */
    @Override
    public String range(Long refused) {
        return refused > max ? fromTo(" ") : range(" ");
    }

    /** The range with this gap between numbers and units. */
    String range(String gap) {
        return hasMax() ? fromTo(gap) : "≥ " + unit.render(min, gap);
    }

    private String fromTo(String gap) {
        return unit.render(min, gap) + " to " + unit.render(max, gap);
    }

    private boolean hasMax() {
        return max != Integer.MAX_VALUE && max != Long.MAX_VALUE && max != LONGEST_NANOS;
    }

    @Override
    public String expected() {
        return unit.example() + ", " + range(" ");
    }

    @Override
    public Object value(Long amount) {
        return type == int.class
                ? (Object) Math.toIntExact(amount)
                : type == long.class ? (Object) amount : Duration.ofNanos(amount);
    }

    @Override
    public String render(Object value) {
        long amount = value instanceof Duration duration ? duration.toNanos() : ((Number) value).longValue();
        return unit.render(amount, "");
    }
}
