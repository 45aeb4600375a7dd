package io.evenkeel.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One of an enum's constants, written in kebab-case. */
record Constant(Map<String, Enum<?>> constants) implements ScalarType<Enum<?>> {

    static Constant of(Class<?> type) {
        Map<String, Enum<?>> constants = new LinkedHashMap<>();
        for (Object constant : type.getEnumConstants()) {
            constants.put(Words.kebab(((Enum<?>) constant).name()), (Enum<?>) constant);
        }
        return new Constant(Collections.unmodifiableMap(constants));
    }

    Set<String> names() {
        return constants.keySet();
    }

    @Override
    public @Nullable Enum<?> parse(String text) {
        return constants.get(text);
    }

    @Override
    public boolean allows(Enum<?> constant) {
        return true;
    }

    @Override
    public String range(Enum<?> refused) {
        return Words.oneOf(names());
    }

    @Override
    public String expected() {
        return Words.oneOf(names());
    }

    @Override
    public Object value(Enum<?> constant) {
        return constant;
    }

    @Override
    public String render(Object value) {
        return Words.kebab(((Enum<?>) value).name());
    }
}
