package io.evenkeel.config;

import java.util.Optional;

/** A field that must be present and, where a value is given, be equal to it (octet for octet). */
public record HeaderMatch(String name, Optional<String> value) {}
