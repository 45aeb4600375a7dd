package io.evenkeel.proxy.http;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A {@code Date} line, made anew at most once a second (RFC 9110 §5.6.7, §6.6.1). Event-loop confined. */
public final class HttpDate {

    private static final DateTimeFormatter IMF_FIXDATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final InstantSource clock;
    private long second = Long.MIN_VALUE;
    private byte[] line = new byte[0];

    public HttpDate(InstantSource clock) {
        this.clock = clock;
    }

    /** {@code Date: …} with its CRLF. */
    public byte[] line() {
        long now = Math.floorDiv(clock.millis(), 1000L);
        if (now != second) {
            second = now;
            line = Octets.ascii("Date: " + IMF_FIXDATE.format(Instant.ofEpochSecond(now)) + "\r\n");
        }
        return line;
    }
}
