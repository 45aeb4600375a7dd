package io.evenkeel.config;

import java.util.List;

/** Puts a configuration into force, or refuses it and changes nothing. */
@FunctionalInterface
public interface Applier {

    /**
     * Called with one configuration at a time, by whichever thread reloads.
     *
     * @return why it is refused, one line each; empty when it is in force
     * @throws Exception when it is refused for a reason not foreseen
     */
    List<String> apply(RouterConfig config) throws Exception;
}
