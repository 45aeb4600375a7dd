package io.evenkeel.lab.drill;

import io.evenkeel.lab.cluster.Command;
import io.evenkeel.lab.cluster.LabFolder;
import io.evenkeel.lab.load.Routers;
import io.evenkeel.lab.record.Mark;
import io.evenkeel.lab.record.Recording;
import io.evenkeel.lab.verdict.Check;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What a drill acts on: it does things to the cluster, notes them, and keeps what must be undone.
 *
 * <p><b>Threading.</b> Confined to the drill's thread.
 */
final class Stage {

    private static final Duration COMMAND = Duration.ofMinutes(4);
    private static final int ATTEMPTS = 5;

    private final LabFolder folder;
    private final Command command;
    private final Recording recording;
    private final Routers routers;
    private final Lookout lookout;
    private final List<Check> checks = new ArrayList<>();
    private final Undos undos = new Undos(this::say);

    /** @param services that the drill is about */
    Stage(LabFolder folder, Command command, Recording recording, Routers routers, Set<String> services) {
        this.folder = folder;
        this.command = command;
        this.recording = recording;
        this.routers = routers;
        this.lookout = new Lookout(recording, services, this::say);
    }

    Recording recording() {
        return recording;
    }

    /** Waits for what comes of it. */
    Lookout lookout() {
        return lookout;
    }

    LabFolder folder() {
        return folder;
    }

    List<Check> checks() {
        return List.copyOf(checks);
    }

    long now() {
        return System.currentTimeMillis();
    }

    /** Notes what is done; returns when that was. */
    long mark(String what) {
        Mark mark = new Mark(now(), what);
        recording.add(mark);
        say(what);
        return mark.at();
    }

    void say(String what) {
        System.err.println("drill: " + what);
    }

    void check(Check check) {
        checks.add(check);
        say(check.line());
    }

    /** Something must be done in the end, the last first, whatever happens until then. */
    void undoing(String what, Runnable how) {
        undos.add(what, how);
    }

    /** Does it. */
    void undo() {
        undos.run();
    }

    /** Keeps new VVMs on a node from becoming healthy. */
    HeldBack holdBack(String node) {
        HeldBack held = new HeldBack(folder, command, node);
        undoing("let VVMs be healthy", held::close);
        held.begin();
        return held;
    }

    /** Fails a node; how is cut, kill or pause. Clients leave its router alone from then on. */
    long fail(String node, String how) {
        undoing("recover " + node, () -> recoverIfFailed(node));
        long at = mark("fail " + node + ": " + how);
        lab("fail", node, "--how", how);
        routers.doubt(node);
        return at;
    }

    /** Undoes what was done to a node; returns when it was done. */
    long recover(String node) {
        mark("recover " + node);
        lab("recover", node);
        return now();
    }

    private void recoverIfFailed(String node) {
        if (folder.failed(node)) {
            recover(node);
        }
    }

    /** A router is about to be stopped. */
    void exclude(String node) {
        routers.exclude(node);
    }

    /** Waits until clients have a router on every node that is not failed. */
    void awaitRouters(int seconds) {
        lookout.awaitSeen(
                "the routers of all nodes",
                seconds,
                now -> routers.open().size()
                        >= now.nodes().keySet().stream()
                                .filter(node -> !folder.failed(node))
                                .count());
    }

    /** Clients must wait until a router shows that it is well. */
    void doubt(String node) {
        routers.doubt(node);
    }

    /** A docker command at some manager; returns what it prints. */
    String docker(String... arguments) {
        String node = folder.sound().stream()
                .filter(one -> lookout.see()
                        .map(snapshot -> snapshot.nodes().containsKey(one))
                        .orElse(true))
                .findFirst()
                .orElseThrow(() -> new NotInTime("there is no node to ask"));
        for (int i = 1; ; i++) {
            try {
                return dockerAt(node, arguments);
            } catch (Command.Failure e) {
                if (i == ATTEMPTS) {
                    throw e;
                }
                lookout.seconds(3); // the managers may have no leader, or the service was changed at the same time
            }
        }
    }

    String dockerAt(String node, String... arguments) {
        List<String> words = new ArrayList<>(List.of("docker", node));
        words.addAll(Arrays.asList(arguments));
        return lab(words.toArray(String[]::new));
    }

    /** An {@code evenkeel lab} command; returns what it prints. */
    String lab(String... words) {
        return command.lab(COMMAND, words);
    }

    /** A program. */
    String run(String... words) {
        return command.run(COMMAND, List.of(words));
    }
}
