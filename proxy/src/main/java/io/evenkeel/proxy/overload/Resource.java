package io.evenkeel.proxy.overload;

import java.util.Locale;

/** What the router can run out of. */
public enum Resource {
    HEAP,
    DIRECT_MEMORY,
    DESCRIPTORS,
    CONNECTIONS,
    LAG;

    /** What metrics call it, such as {@code direct_memory}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What people call it, such as {@code direct memory}. */
    @Override
    public String toString() {
        return label().replace('_', ' ');
    }
}
