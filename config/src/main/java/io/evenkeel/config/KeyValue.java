package io.evenkeel.config;

/**
 * A key and the value it must have.
 *
 * @param key the key. Text, required.
 * @param value its value, octet for octet. Text, required.
 */
public record KeyValue(@Knob String key, @Knob String value) {}
