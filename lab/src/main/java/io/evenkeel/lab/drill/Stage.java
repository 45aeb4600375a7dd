package io.evenkeel.lab.drill;

import io.evenkeel.lab.cluster.Command;
import io.evenkeel.lab.cluster.LabFolder;
import io.evenkeel.lab.load.Routers;
import io.evenkeel.lab.record.Mark;
import io.evenkeel.lab.record.Outcome;
import io.evenkeel.lab.record.Recording;
import io.evenkeel.lab.record.Snapshot;
import io.evenkeel.lab.record.Span;
import io.evenkeel.lab.record.View;
import io.evenkeel.lab.verdict.Check;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * What a drill acts on: it does things to the cluster, waits for what comes of them, and keeps what must be undone.
 *
 * <p><b>Threading.</b> Confined to the drill's thread.
 */
final class Stage {

    private static final Duration COMMAND = Duration.ofMinutes(4);
    private static final int ATTEMPTS = 5;
    private static final long POLL_MILLIS = 100;

    /** Older than this, what was seen of the cluster is no news. */
    private static final long NEWS_MILLIS = 2_500;

    private final LabFolder folder;
    private final Command command;
    private final Recording recording;
    private final Routers routers;
    private final Set<String> services;
    private final List<Check> checks = new ArrayList<>();
    private final Undos undos = new Undos(this::say);

    /** @param services that the drill is about */
    Stage(LabFolder folder, Command command, Recording recording, Routers routers, Set<String> services) {
        this.services = services;
        this.folder = folder;
        this.command = command;
        this.recording = recording;
        this.routers = routers;
    }

    Recording recording() {
        return recording;
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
        awaitSeen(
                "the routers of all nodes",
                seconds,
                now -> routers.open().size()
                        >= now.nodes().keySet().stream()
                                .filter(node -> !folder.failed(node))
                                .count());
    }

    /** Waits until every request of the last seconds was answered; what was before is forgotten. */
    void awaitCalm(int seconds, int calm) {
        await("a calm cluster", seconds, () -> {
            List<Outcome> last = recording.endedSince(now() - calm * 1000L);
            return last.size() > calm
                    && recording.age() >= calm * 1000L
                    && last.stream().allMatch(Outcome::good);
        });
        recording.forget(now() - calm * 1000L);
        recording.add(new Mark(now(), "begin"));
    }

    /** Clients must wait until a router shows that it is well. */
    void doubt(String node) {
        routers.doubt(node);
    }

    /** A docker command at some manager; returns what it prints. */
    String docker(String... arguments) {
        String node = folder.sound().stream()
                .filter(one ->
                        see().map(snapshot -> snapshot.nodes().containsKey(one)).orElse(true))
                .findFirst()
                .orElseThrow(() -> new NotInTime("there is no node to ask"));
        for (int i = 1; ; i++) {
            try {
                return dockerAt(node, arguments);
            } catch (Command.Failure e) {
                if (i == ATTEMPTS) {
                    throw e;
                }
                seconds(3); // the managers may have no leader, or the service was changed at the same time
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

    /** The cluster, if it was seen just now. */
    Optional<Snapshot> see() {
        return recording.latest().filter(snapshot -> now() - snapshot.at() < NEWS_MILLIS);
    }

    /** The rebalancer that may act, if it was asked just now. */
    Optional<View> active() {
        List<View> views = recording.viewsSince(now() - NEWS_MILLIS);
        for (int i = views.size() - 1; i >= 0; i--) {
            if (views.get(i).active()) {
                return Optional.of(views.get(i));
            }
        }
        return Optional.empty();
    }

    /**
     * Waits; returns when it came.
     *
     * @throws NotInTime with what was waited for and how the cluster is
     */
    long await(String what, int seconds, BooleanSupplier condition) {
        long until = now() + seconds * 1000L;
        while (!condition.getAsBoolean()) {
            if (now() > until) {
                throw new NotInTime(what + " did not come within " + seconds + " s; last seen: " + last());
            }
            pause(POLL_MILLIS);
        }
        return now();
    }

    /** Waits until the cluster is seen so. */
    long awaitSeen(String what, int seconds, Predicate<Snapshot> condition) {
        return await(what, seconds, () -> see().filter(condition).isPresent());
    }

    private String last() {
        String cluster = recording
                .latest()
                .map(snapshot -> "tasks " + snapshot.shape(services) + ", nodes " + snapshot.nodes() + ", "
                        + (now() - snapshot.at()) + " ms ago")
                .orElse("nothing, no manager answered: ./evenkeel lab status");
        List<View> views = recording.views();
        return views.isEmpty()
                ? cluster
                : cluster + "; rebalancer: " + views.get(views.size() - 1).reason();
    }

    void seconds(double seconds) {
        pause((long) (seconds * 1000));
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotInTime("interrupted");
        }
    }

    /** Waits until all is even and the rebalancer rests, and has been so for a moment; returns when that began. */
    long awaitEven(Set<String> services, int seconds) {
        long[] since = {0};
        await("an even cluster", seconds, () -> {
            boolean even = see().filter(snapshot -> snapshot.allReady() && snapshot.even(services))
                    .isPresent();
            since[0] = !even ? 0 : since[0] == 0 ? now() : since[0];
            return even && now() - since[0] >= 3_000;
        });
        long at = since[0];
        recording.add(new Mark(
                at, "even: " + recording.latest().map(s -> s.shape(services)).orElse("")));
        say("even");
        return at;
    }

    /** The first moment since when every look showed all nodes ready. */
    long readySince(long from) {
        long ready = 0;
        for (Snapshot snapshot : recording.snapshots()) {
            if (snapshot.at() >= from) {
                ready = !snapshot.allReady() ? 0 : ready == 0 ? snapshot.at() : ready;
            }
        }
        return ready == 0 ? now() : ready;
    }

    /** Looks on for a while. */
    Span watch(int seconds) {
        long from = now();
        seconds(seconds);
        return new Span(from, now());
    }
}
