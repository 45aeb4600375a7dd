package io.evenkeel.proxy.http;

import java.util.Locale;

/** The fields that decide something here; every other field is {@link #OTHER} and travels untouched. */
public enum KnownField {
    OTHER,
    HOST,
    CONNECTION,
    CONTENT_LENGTH,
    TRANSFER_ENCODING,
    TE,
    EXPECT,
    UPGRADE,
    HTTP2_SETTINGS,
    KEEP_ALIVE,
    PROXY_CONNECTION,
    VIA,
    FORWARDED,
    X_FORWARDED_FOR,
    X_FORWARDED_HOST,
    X_FORWARDED_PROTO,
    X_REQUEST_ID,
    TRACEPARENT,
    TRACESTATE,
    DATE,
    REFERER,
    USER_AGENT,
    COOKIE,
    CONTENT_TYPE,
    CONTENT_ENCODING;

    private static final int SLOTS = 128;
    private static final KnownField[] TABLE = table();

    /** Never written to. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final byte[] lower = Octets.ascii(name().toLowerCase(Locale.ROOT).replace('_', '-'));

    private static KnownField[] table() {
        KnownField[] table = new KnownField[SLOTS];
        java.util.Arrays.fill(table, OTHER);
        for (KnownField field : values()) {
            if (field != OTHER) {
                int slot = slot(hash(field.lower));
                while (table[slot] != OTHER) {
                    slot = (slot + 1) % SLOTS;
                }
                table[slot] = field;
            }
        }
        return table;
    }

    /** One step of the hash that a scanner computes over a name while it reads it; the case of letters does not matter. */
    static int hash(int hash, byte b) {
        return hash * 31 + (b | 0x20);
    }

    private static int hash(byte[] name) {
        int hash = 0;
        for (byte b : name) {
            hash = hash(hash, b);
        }
        return hash;
    }

    private static int slot(int hash) {
        return (hash ^ hash >>> 7 ^ hash >>> 15) & (SLOTS - 1);
    }

    /** The field of this name; {@code hash} was computed over the same octets. */
    static KnownField of(int hash, byte[] bytes, int start, int end) {
        int slot = slot(hash);
        while (TABLE[slot] != OTHER) {
            if (Octets.equalsIgnoreCase(bytes, start, end, TABLE[slot].lower)) {
                return TABLE[slot];
            }
            slot = (slot + 1) % SLOTS;
        }
        return OTHER;
    }

    /** The field of this name. */
    public static KnownField of(byte[] bytes, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = hash(hash, bytes[i]);
        }
        return of(hash, bytes, start, end);
    }
}
