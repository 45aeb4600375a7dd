package io.evenkeel.config;

import org.jspecify.annotations.Nullable;

/** Where {@code ${NAME}} in a configuration file takes its values from. */
@FunctionalInterface
public interface Environment {

    /** The value of a variable, or null when it is not set. */
    @Nullable
    String value(String name);

    /** The variables of this process. */
    static Environment system() {
        return System::getenv;
    }
}
