package io.evenkeel.rebalancer.trigger;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** When tasks may be moved. Immutable. */
public final class Windows {

    private final List<Window> windows;

    private Windows(List<Window> windows) {
        this.windows = windows;
    }

    /** Those of a configuration, such as {@code Mon-Fri 22:00-06:00}; none: always. */
    public static Windows of(List<String> texts) {
        return new Windows(texts.stream().map(Window::parse).toList());
    }

    /** Whether one of them is open, in UTC. */
    public boolean open(Instant now) {
        return windows.isEmpty() || windows.stream().anyMatch(window -> window.open(now.atZone(ZoneOffset.UTC)));
    }

    private record Window(Set<DayOfWeek> days, LocalTime from, LocalTime to) {

        static Window parse(String text) {
            String[] parts = text.split(" ", 2);
            String[] times = parts[1].split("-", 2);
            return new Window(days(parts[0]), LocalTime.parse(times[0]), LocalTime.parse(times[1]));
        }

        /** One that ends before it begins goes on into the next day. */
        boolean open(ZonedDateTime now) {
            LocalTime time = now.toLocalTime();
            boolean today = days.contains(now.getDayOfWeek());
            if (from.isBefore(to)) {
                return today && !time.isBefore(from) && time.isBefore(to);
            }
            boolean yesterday = days.contains(now.getDayOfWeek().minus(1));
            return (today && !time.isBefore(from)) || (yesterday && time.isBefore(to));
        }

        private static Set<DayOfWeek> days(String text) {
            if (text.equals("*")) {
                return EnumSet.allOf(DayOfWeek.class);
            }
            Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
            for (String part : text.split(",", -1)) {
                String[] ends = part.split("-", 2);
                DayOfWeek last = day(ends[ends.length - 1]);
                DayOfWeek day = day(ends[0]);
                days.add(day);
                while (day != last) {
                    day = day.plus(1);
                    days.add(day);
                }
            }
            return days;
        }

        private static DayOfWeek day(String text) {
            for (DayOfWeek day : DayOfWeek.values()) {
                if (day.name().startsWith(text.toUpperCase(Locale.ROOT))) {
                    return day;
                }
            }
            throw new IllegalArgumentException(text + " is no day (expected: Mon to Sun)");
        }
    }
}
