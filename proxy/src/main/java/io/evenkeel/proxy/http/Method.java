package io.evenkeel.proxy.http;

/** A request method; {@link #OTHER} is any token that is not listed. Methods are case-sensitive (RFC 9110 §9.1). */
public enum Method {
    GET(true),
    HEAD(true),
    POST(false),
    PUT(true),
    DELETE(true),
    OPTIONS(true),
    PATCH(false),
    TRACE(true),
    CONNECT(false),
    OTHER(false);

    private static final Method[] NAMED = java.util.Arrays.copyOf(values(), values().length - 1);

    /** Never written to. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final byte[] bytes = Octets.ascii(name());

    private final boolean idempotent;

    Method(boolean idempotent) {
        this.idempotent = idempotent;
    }

    /** Whether doing it twice intends the same as doing it once (RFC 9110 §9.2.2). */
    public boolean idempotent() {
        return idempotent;
    }

    static Method of(byte[] bytes, int start, int end) {
        for (Method method : NAMED) {
            if (Octets.equals(bytes, start, end, method.bytes)) {
                return method;
            }
        }
        return OTHER;
    }
}
