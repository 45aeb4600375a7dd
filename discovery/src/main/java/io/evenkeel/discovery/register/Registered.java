package io.evenkeel.discovery.register;

import java.util.Map;
import java.util.Set;

/**
 * What stands in Consul, at one agent. Immutable.
 *
 * @param ours by id
 * @param others the ids of what somebody else registered: never touched
 */
record Registered(Map<String, TaskRegistration> ours, Set<String> others) {

    Registered {
        ours = Map.copyOf(ours);
        others = Set.copyOf(others);
    }
}
