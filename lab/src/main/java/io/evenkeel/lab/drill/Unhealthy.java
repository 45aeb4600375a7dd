package io.evenkeel.lab.drill;

import io.evenkeel.lab.record.Snapshot;
import io.evenkeel.lab.record.Span;
import io.evenkeel.lab.record.View;
import io.evenkeel.lab.verdict.Check;
import io.evenkeel.lab.verdict.Checks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** A new task never becomes healthy. */
record Unhealthy() implements Drill {

    private static final int BEGIN_SECONDS = 120;
    private static final int RESTORE_SECONDS = 240;
    private static final int EVEN_SECONDS = 420;
    private static final String NODE = "n3";

    @Override
    public String name() {
        return "unhealthy";
    }

    @Override
    public String about() {
        return "Every VVM that is started on n3 is stopped (SIGSTOP) before it can answer its first health check. The rebalancer must give up in time, put"
                + " everything back as it was, and try again later; then VVMs may become healthy again and all becomes even.";
    }

    @Override
    public void play(Stage stage) {
        long unbalanced = Unbalance.by(stage, NODE, VVM);
        AtomicBoolean ill = new AtomicBoolean(true);
        Set<String> known = new HashSet<>();
        stage.undoing("let VVMs be healthy", () -> ill.set(false));
        Thread stopper = new Thread(() -> stop(stage, ill, known), "stopper");
        stopper.setDaemon(true);
        stopper.start();
        new RebalancerLog(stage).await("await-healthy", BEGIN_SECONDS);
        stage.mark("the new task on " + NODE + " does not become healthy");
        long restored = stage.await("that the rebalancer gives up", RESTORE_SECONDS, () -> gaveUp(stage, unbalanced));
        stage.mark("the rebalancer gave up");
        stage.awaitSeen(
                "everything as it was",
                60,
                now -> now.count(VVM) == 6
                        && now.services().containsKey("vvm")
                        && !now.services().get("vvm").journal());
        stage.check(Leader.asItWas(stage));
        stage.check(Checks.neverBelow(stage.recording(), VVM, new Span(unbalanced, restored), 6));
        ill.set(false);
        stage.mark("VVMs may be healthy again");
        long even = stage.awaitEven(VVM, EVEN_SECONDS);
        Span span = new Span(unbalanced, even);
        stage.check(Checks.even(stage.recording(), VVM, "2-2-2"));
        stage.check(Checks.neverBelow(stage.recording(), VVM, span, 6));
        stage.check(Checks.allAnswered(stage.recording(), "until all is even", span));
        stage.check(new Check(
                "a task was really held back", !known.isEmpty(), known.size() + " tasks were stopped with SIGSTOP"));
        Aftermath.still(stage, VVM);
    }

    private static boolean gaveUp(Stage stage, long since) {
        return stage.recording().viewsSince(since).stream()
                .map(View::history)
                .filter(history -> !history.isEmpty())
                .anyMatch(
                        history -> java.time.Instant.parse(history.get(0).at()).toEpochMilli() > since
                                && !history.get(0).result().equals("done"));
    }

    /** Stops new tasks while they are to be ill, and lets all go on in the end. */
    private static void stop(Stage stage, AtomicBoolean ill, Set<String> known) {
        Set<Long> stopped = new HashSet<>();
        while (ill.get()) {
            stage.recording().latest().ifPresent(now -> now.tasks().stream()
                    .filter(task -> task.service().equals("vvm")
                            && task.node().equals(NODE)
                            && !task.running()
                            && task.process() != 0)
                    .forEach(task -> stop(stage, task, known, stopped)));
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                return;
            }
        }
        signal(stage, "-CONT", List.copyOf(stopped));
    }

    private static void stop(Stage stage, Snapshot.Task task, Set<String> known, Set<Long> stopped) {
        List<Long> processes = new ArrayList<>();
        ProcessHandle.of(task.process()).ifPresent(handle -> {
            processes.add(handle.pid());
            handle.descendants().map(ProcessHandle::pid).forEach(processes::add);
        });
        if (processes.size() > 1 && known.add(task.id())) {
            signal(stage, "-STOP", processes);
            stopped.addAll(processes);
        }
    }

    private static void signal(Stage stage, String signal, List<Long> processes) {
        for (long process : processes) {
            try {
                stage.run("kill", signal, String.valueOf(process));
            } catch (io.evenkeel.lab.cluster.Command.Failure e) {
                // it is gone
            }
        }
    }
}
