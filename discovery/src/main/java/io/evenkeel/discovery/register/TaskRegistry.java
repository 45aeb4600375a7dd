package io.evenkeel.discovery.register;

/**
 * Where tasks are registered.
 *
 * <p><b>Threading.</b> Waits for answers; one caller at a time.
 */
interface TaskRegistry extends AutoCloseable {

    /** @throws RegistryFailure when nobody answers, or not with an answer */
    Registered registered();

    /** @throws RegistryFailure when it was not done */
    void apply(Step step);

    @Override
    void close();
}
