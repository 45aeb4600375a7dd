package io.evenkeel.discovery.register;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tasks to register, and a registry that holds them in memory. */
final class Tasks {

    private Tasks() {}

    static TaskRegistration task(String id, int port) {
        return new TaskRegistration(
                id, "vvm", "10.0.1.1", port, 1, List.of("primary"), Map.of("registered-by", "evenkeel"));
    }

    static Desired desired(TaskRegistration... tasks) {
        return new Desired(
                Stream.of(tasks).collect(Collectors.toMap(TaskRegistration::id, task -> new Desired.Task(task, true))),
                true);
    }

    /** Writes down the steps it takes. */
    static final class Registry implements TaskRegistry {

        final List<String> steps = new ArrayList<>();
        final Map<String, TaskRegistration> ours = new TreeMap<>();

        /** What fails everything; null: nothing does. */
        @Nullable
        String trouble;

        @Override
        public Registered registered() {
            failOnTrouble();
            return new Registered(ours, List.of("foreign").stream().collect(Collectors.toSet()));
        }

        @Override
        public void apply(Step step) {
            failOnTrouble();
            if (step instanceof Step.Register register) {
                steps.add("register " + register.task().id());
                ours.put(register.task().id(), register.task());
            } else if (step instanceof Step.Renew renew) {
                steps.add("renew " + renew.task().id() + (renew.healthy() ? "" : " down"));
            } else if (step instanceof Step.Deregister deregister) {
                steps.add("deregister " + deregister.task().id());
                ours.remove(deregister.task().id());
            }
        }

        /** The steps since this was last asked. */
        List<String> taken() {
            List<String> taken = List.copyOf(steps);
            steps.clear();
            return taken;
        }

        @Override
        public void close() {}

        private void failOnTrouble() {
            if (trouble != null) {
                throw new RegistryFailure("consul", new IllegalStateException(trouble));
            }
        }
    }
}
