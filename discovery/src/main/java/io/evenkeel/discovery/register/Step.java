package io.evenkeel.discovery.register;

/** One change to what stands in Consul. */
sealed interface Step {

    /** Writes a registration, over one of ours if there is one. */
    record Register(TaskRegistration task, boolean healthy) implements Step {}

    /** Gives a registration its sign of life: that the task is healthy, or that it is not. */
    record Renew(TaskRegistration task, boolean healthy) implements Step {}

    /** Takes a registration of ours away. */
    record Deregister(TaskRegistration task) implements Step {}
}
