package io.evenkeel.proxy.telemetry;

/** Renders UTC dates without garbage: {@code java.time} would make several objects per line. Years 1970–9999. */
final class LogTime {

    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    private static final int DAY_SECONDS = 86_400;
    private static final int ERA_DAYS = 146_097;

    private LogTime() {}

    /** As RFC 3339 with milliseconds: {@code 2026-11-21T15:04:05.678Z}. */
    static void putIso(LineBuffer line, long epochMillis) {
        long seconds = Math.floorDiv(epochMillis, 1000L);
        int date = date(Math.floorDiv(seconds, DAY_SECONDS));
        line.putDigits(date >>> 9, 4);
        line.put('-');
        line.putDigits(date >>> 5 & 0xF, 2);
        line.put('-');
        line.putDigits(date & 0x1F, 2);
        line.put('T');
        putTime(line, Math.floorMod(seconds, DAY_SECONDS));
        line.put('.');
        line.putDigits(Math.floorMod(epochMillis, 1000), 3);
        line.put('Z');
    }

    /** As the common log format has it: {@code 21/Nov/2026:15:04:05 +0000}. */
    static void putCommon(LineBuffer line, long epochMillis) {
        long seconds = Math.floorDiv(epochMillis, 1000L);
        int date = date(Math.floorDiv(seconds, DAY_SECONDS));
        line.putDigits(date & 0x1F, 2);
        line.put('/');
        line.put(MONTHS[(date >>> 5 & 0xF) - 1]);
        line.put('/');
        line.putDigits(date >>> 9, 4);
        line.put(':');
        putTime(line, Math.floorMod(seconds, DAY_SECONDS));
        line.put(" +0000");
    }

    private static void putTime(LineBuffer line, int secondOfDay) {
        line.putDigits(secondOfDay / 3600, 2);
        line.put(':');
        line.putDigits(secondOfDay / 60 % 60, 2);
        line.put(':');
        line.putDigits(secondOfDay % 60, 2);
    }

    /**
     * Year, month and day packed as {@code year << 9 | month << 5 | day}. The algorithm is Howard Hinnant's {@code civil_from_days}:
     * years begin in March, so that the leap day is a year's last, and 400 years are one era.
     */
    private static int date(long epochDay) {
        long fromEra = epochDay + 719_468;
        long era = fromEra / ERA_DAYS;
        int dayOfEra = (int) (fromEra % ERA_DAYS);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / (ERA_DAYS - 1)) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int marchMonth = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
        return year << 9 | month << 5 | day;
    }
}
