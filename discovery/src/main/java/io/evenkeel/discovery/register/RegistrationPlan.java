package io.evenkeel.discovery.register;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Which steps lead from what stands in Consul to what should. Pure. */
final class RegistrationPlan {

    private RegistrationPlan() {}

    /**
     * The steps, in the order of the tasks' ids; those that add come before those that take away.
     *
     * @param due whether a registration needs this sign of life now
     */
    static List<Step> steps(Desired desired, Registered registered, Predicate<Step.Renew> due) {
        List<Step> steps = new ArrayList<>();
        new TreeMap<>(desired.tasks()).forEach((id, task) -> {
            boolean stands = task.registration().equals(registered.ours().get(id));
            Step.Renew renew = new Step.Renew(task.registration(), task.healthy());
            if (!stands && !registered.others().contains(id)) {
                steps.add(new Step.Register(task.registration(), task.healthy()));
            } else if (stands && due.test(renew)) {
                steps.add(renew);
            }
        });
        for (Map.Entry<String, TaskRegistration> ours : new TreeMap<>(registered.ours()).entrySet()) {
            if (!desired.tasks().containsKey(ours.getKey())) {
                gone(desired, ours.getValue(), due, steps);
            }
        }
        return steps;
    }

    private static void gone(Desired desired, TaskRegistration task, Predicate<Step.Renew> due, List<Step> steps) {
        Step.Renew renew = new Step.Renew(task, true);
        if (desired.certain()) {
            steps.add(new Step.Deregister(task));
        } else if (due.test(renew)) {
            steps.add(renew);
        }
    }
}
