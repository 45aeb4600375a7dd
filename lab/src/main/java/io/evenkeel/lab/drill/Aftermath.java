package io.evenkeel.lab.drill;

import io.evenkeel.lab.record.Recording;
import io.evenkeel.lab.record.Snapshot;
import io.evenkeel.lab.record.Span;
import io.evenkeel.lab.verdict.Check;
import io.evenkeel.lab.verdict.Checks;
import java.util.List;
import java.util.Set;

/** What must be so after every recovery. Stateless. */
final class Aftermath {

    private static final int SIX = 6;
    /** A run ends with a pause; a rebalancer that has just been started waits for its lock. */
    private static final int REST_SECONDS = 90;

    private static final int QUIET_SECONDS = 30;
    private static final int SWIFT_SECONDS = 60;

    private Aftermath() {}

    /**
     * Judges, and looks on for a while.
     *
     * @param recovery from the recovery until all was even
     * @param moves that are needed
     */
    static void judge(Stage stage, Set<String> services, Span recovery, int moves) {
        Recording recording = stage.recording();
        stage.check(Checks.even(recording, services, "2-2-2"));
        stage.check(Checks.moved(recording, services, recovery, moves));
        stage.check(Checks.neverBelow(recording, services, recovery, SIX));
        stage.check(Checks.allAnswered(recording, "from the recovery until all is even", recovery));
        stage.check(Checks.swift(recording, recovery, stage.lookout().readySince(recovery.from()), SWIFT_SECONDS));
        still(stage, services);
    }

    /** Nothing is left to be done. */
    static void still(Stage stage, Set<String> services) {
        stage.lookout().await("that the rebalancer rests", REST_SECONDS, () -> stage.lookout()
                .active()
                .filter(view -> view.step().isEmpty() && view.planned() == 0)
                .isPresent());
        Span rest = stage.lookout().watch(QUIET_SECONDS);
        stage.check(Checks.quiet(stage.recording(), services, rest));
        stage.check(Checks.allAnswered(stage.recording(), "afterwards", rest));
    }

    /** The service is as it was deployed: what was begun is ended or taken back. */
    static Check asItWas(Stage stage) {
        Snapshot.Service vvm = stage.recording()
                .latest()
                .map(now -> now.services().get("vvm"))
                .orElse(new Snapshot.Service(0, 0, true, List.of()));
        return new Check(
                "the service is as it was deployed",
                vvm.replicas() == 6 && !vvm.journal() && vvm.constraints().isEmpty(),
                vvm.replicas() + " replicas, constraints " + vvm.constraints() + (vvm.journal() ? ", a journal" : ""));
    }
}
