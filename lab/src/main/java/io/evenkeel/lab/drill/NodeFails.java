package io.evenkeel.lab.drill;

import io.evenkeel.lab.record.Span;
import io.evenkeel.lab.verdict.Checks;

/**
 * A node fails in some way, its tasks are started elsewhere, and it comes back.
 *
 * @param how cut, kill or pause
 */
record NodeFails(String name, String how, String about) implements Drill {

    /** Swarm needs three missed heartbeats, or a new leader first, and then the tasks must start. */
    private static final int REPLACED_SECONDS = 120;

    private static final int EVEN_SECONDS = 300;
    private static final String NODE = "n3";

    static NodeFails cut() {
        return new NodeFails(
                "cut",
                "cut",
                "The cable of a node is pulled and, when its tasks run elsewhere, put back. The node itself goes on all the while.");
    }

    static NodeFails kill() {
        return new NodeFails(
                "kill",
                "kill",
                "The power of a node goes: its engine and all of its containers end at once. Later it is started again.");
    }

    static NodeFails pause() {
        return new NodeFails(
                "pause",
                "pause",
                "A node stands still for 40 s, as a machine under a hypervisor may, and then goes on as if nothing had been.");
    }

    @Override
    public void play(Stage stage) {
        long failed = stage.fail(NODE, how);
        stage.lookout().awaitSeen("six tasks on two nodes", REPLACED_SECONDS, snapshot -> snapshot.shape(VVM)
                .equals("3-3-0"));
        stage.mark("its tasks run elsewhere");
        double left = how.equals("pause") ? 40 - (stage.now() - failed) / 1e3 : 10;
        stage.lookout().seconds(Math.max(0, left));
        long recovered = stage.recover(NODE);
        long even = stage.lookout().awaitEven(VVM, EVEN_SECONDS);
        stage.check(Checks.failuresNear(stage.recording(), new Span(failed, recovered), 3_000));
        judge(stage, recovered, even);
    }

    /** What must be so after any recovery. */
    private static void judge(Stage stage, long recovered, long even) {
        Aftermath.judge(stage, VVM, new Span(recovered, even), 2);
    }
}
