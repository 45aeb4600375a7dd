package io.evenkeel.discovery.register;

import java.util.Map;

/**
 * What should stand in Consul. Immutable.
 *
 * @param tasks by the ids of the tasks
 * @param certain whether what is not among them is really gone; if not, what is registered stays and is kept alive
 */
record Desired(Map<String, Task> tasks, boolean certain) {

    /** Swarm has not been heard yet. */
    static final Desired UNKNOWN = new Desired(Map.of(), false);

    /** Nothing is to stand there any more. */
    static final Desired NOTHING = new Desired(Map.of(), true);

    Desired {
        tasks = Map.copyOf(tasks);
    }

    /** A task, and whether it may be sent traffic. */
    record Task(TaskRegistration registration, boolean healthy) {}

    Desired doubted() {
        return new Desired(tasks, false);
    }
}
