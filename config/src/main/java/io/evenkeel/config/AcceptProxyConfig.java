package io.evenkeel.config;

import java.util.List;

/**
 * The PROXY protocol in front of a connection, versions 1 and 2, by which another proxy says for whom it connects.
 *
 * @param mode whether it is expected. off, optional or required, default off. optional takes connections of the same addresses without it too.
 * @param from who is believed; connections of others are not read for it. Address blocks, default none.
 */
public record AcceptProxyConfig(@Knob(byDefault = "off") Mode mode, @Knob List<Cidr> from) {

    /** Whether the header is expected. */
    public enum Mode {
        OFF,
        OPTIONAL,
        REQUIRED
    }

    /** Keeps its own copy of the list. */
    public AcceptProxyConfig {
        from = List.copyOf(from);
    }

    /** What a file that says nothing gets. */
    public static AcceptProxyConfig defaults() {
        return Binder.defaults(AcceptProxyConfig.class);
    }
}
