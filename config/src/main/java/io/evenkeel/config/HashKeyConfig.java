package io.evenkeel.config;

import java.util.List;

/** What part of a request tells which requests belong together. */
public sealed interface HashKeyConfig {

    /**
     * The value of a field.
     *
     * @param name the field's name, in any case. Field name, required.
     */
    @Bare
    record Header(@Knob(format = TextFormat.FIELD_NAME, need = Knob.Need.FREQUENT) String name)
            implements HashKeyConfig {}

    /**
     * The value of a cookie.
     *
     * @param name the cookie's name. Token, required.
     */
    @Bare
    record Cookie(@Knob(format = TextFormat.TOKEN, need = Knob.Need.FREQUENT) String name) implements HashKeyConfig {}

    /**
     * The value of a parameter of the query, as it stands there.
     *
     * @param name the parameter's name. Token, required.
     */
    @Bare
    record Query(@Knob(format = TextFormat.TOKEN, need = Knob.Need.FREQUENT) String name) implements HashKeyConfig {}

    /**
     * The client's address, or a block around it. Behind a trusted proxy it is the last address in X-Forwarded-For.
     *
     * @param ipv4Bits how many leading bits count. Count, 1 to 32, default 32.
     * @param ipv6Bits how many leading bits count. Count, 1 to 128, default 64. A household or a phone has one /64.
     */
    record ClientAddress(
            @Knob(byDefault = "32", min = "1", max = "32") int ipv4Bits,
            @Knob(byDefault = "64", min = "1", max = "128") int ipv6Bits)
            implements HashKeyConfig {}

    /**
     * What a regular expression captures in the path.
     *
     * @param patterns regular expressions with one capturing group each, searched for in the path in turn; the first that is found gives the
     *     key. Patterns, at least 1, required. Such as {@code ^/api/[^/]+/[^/]+/(\d+)}.
     */
    @Bare
    record PathGroup(@Knob(atLeast = 1, format = TextFormat.PATTERN, need = Knob.Need.FREQUENT) List<String> patterns)
            implements HashKeyConfig {

        /** Keeps its own copy of the list. */
        public PathGroup {
            patterns = List.copyOf(patterns);
        }
    }
}
