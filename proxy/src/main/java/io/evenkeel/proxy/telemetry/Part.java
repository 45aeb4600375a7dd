package io.evenkeel.proxy.telemetry;

/** A piece of text that an {@link ExchangeRecord} copies from the wire, and how many bytes of it are kept; the rest is cut off. */
public enum Part {
    REQUEST_ID(64),
    /** The client's address, without port. */
    CLIENT(64),
    METHOD(32),
    TARGET(2048),
    PROTOCOL(16),
    HOST(256),
    REFERER(1024),
    USER_AGENT(512);

    /** What a record's buffer holds at most: every part at its longest. */
    static final int TOTAL_BYTES = 64 + 64 + 32 + 2048 + 16 + 256 + 1024 + 512;

    private final int maxBytes;

    Part(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    int maxBytes() {
        return maxBytes;
    }
}
