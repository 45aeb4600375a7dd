package io.evenkeel.discovery.register;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what stands in a registry what should, step by step, and remembers when each registration had its last sign of life.
 *
 * <p><b>Threading.</b> Confined to the thread that may wait for the registry.
 */
final class Reconciler {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private final TaskRegistry registry;
    private final Duration renewEvery;
    private final LongSupplier nanoTime;
    private final Map<String, Sign> signs = new HashMap<>();

    /** When a registration was last said to be healthy or not. */
    private record Sign(long atNanos, boolean healthy) {}

    /** @param renewEvery the time between two signs of life of a registration, at most */
    Reconciler(TaskRegistry registry, Duration renewEvery, LongSupplier nanoTime) {
        this.registry = registry;
        this.renewEvery = renewEvery;
        this.nanoTime = nanoTime;
    }

    /**
     * Takes all the steps that are due.
     *
     * @throws RegistryFailure at the first that fails; the rest is left for the next time
     */
    void reconcile(Desired desired) {
        Registered registered = registry.registered();
        signs.keySet().removeIf(id -> !registered.ours().containsKey(id));
        List<Step> steps = RegistrationPlan.steps(desired, registered, this::due);
        for (Step step : steps) {
            registry.apply(step);
            took(step);
        }
    }

    private boolean due(Step.Renew renew) {
        Sign last = signs.get(renew.task().id());
        return last == null
                || last.healthy() != renew.healthy()
                || nanoTime.getAsLong() - last.atNanos() >= renewEvery.toNanos();
    }

    private void took(Step step) {
        if (step instanceof Step.Register register) {
            LOG.info("consul: registered {}", register.task());
            sign(register.task(), register.healthy());
        } else if (step instanceof Step.Renew renew) {
            sign(renew.task(), renew.healthy());
        } else if (step instanceof Step.Deregister deregister) {
            LOG.info("consul: deregistered {}", deregister.task());
            signs.remove(deregister.task().id());
        }
    }

    private void sign(TaskRegistration task, boolean healthy) {
        signs.put(task.id(), new Sign(nanoTime.getAsLong(), healthy));
    }
}
