package io.evenkeel.proxy.telemetry;

import java.util.Locale;

/** What a peer that speaks HTTP/2 may send too much of: frames that cost more to receive than to send. */
public enum Flood {
    /** Streams that were opened and given up, or that had to be reset for a fault of the peer's. */
    RESETS,
    PINGS,
    SETTINGS,
    PRIORITIES,
    WINDOW_UPDATES,
    EMPTY_DATA,
    UNKNOWN_FRAMES,
    /** Whatever the codec itself counts: frames of one header section above all. */
    CONTINUATIONS;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The value of the metric label {@code kind}. */
    public String label() {
        return label;
    }
}
