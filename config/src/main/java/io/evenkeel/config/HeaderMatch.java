package io.evenkeel.config;

import java.util.Optional;

/**
 * A field that must be present and, where a value is given, be equal to it (octet for octet).
 *
 * @param name the field's name, in any case. Field name, required.
 * @param value its value. Field value, default none. None: any value.
 */
public record HeaderMatch(
        @Knob(format = TextFormat.FIELD_NAME) String name,
        @Knob(format = TextFormat.FIELD_VALUE) Optional<String> value) {}
