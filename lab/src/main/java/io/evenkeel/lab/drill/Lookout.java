package io.evenkeel.lab.drill;

import io.evenkeel.lab.record.Mark;
import io.evenkeel.lab.record.Outcome;
import io.evenkeel.lab.record.Recording;
import io.evenkeel.lab.record.Snapshot;
import io.evenkeel.lab.record.Span;
import io.evenkeel.lab.record.View;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Looks at the cluster, through what is recorded of it, and waits for what is to come.
 *
 * <p><b>Threading.</b> Confined to the drill's thread.
 */
final class Lookout {

    private static final long POLL_MILLIS = 100;

    /** Older than this, what was seen of the cluster is no news. */
    private static final long NEWS_MILLIS = 2_500;

    private final Recording recording;
    private final Set<String> services;
    private final Consumer<String> say;

    /**
     * @param services that messages tell of
     * @param say where to tell what came
     */
    Lookout(Recording recording, Set<String> services, Consumer<String> say) {
        this.recording = recording;
        this.services = services;
        this.say = say;
    }

    /** The cluster, if it was seen just now. */
    Optional<Snapshot> see() {
        return recording.latest().filter(snapshot -> System.currentTimeMillis() - snapshot.at() < NEWS_MILLIS);
    }

    /** The rebalancer that may act, if it was asked just now. */
    Optional<View> active() {
        List<View> views = recording.viewsSince(System.currentTimeMillis() - NEWS_MILLIS);
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
        long until = System.currentTimeMillis() + seconds * 1000L;
        while (!condition.getAsBoolean()) {
            if (System.currentTimeMillis() > until) {
                throw new NotInTime(what + " did not come within " + seconds + " s; last seen: " + last());
            }
            pause(POLL_MILLIS);
        }
        return System.currentTimeMillis();
    }

    /** Waits until the cluster is seen so. */
    long awaitSeen(String what, int seconds, Predicate<Snapshot> condition) {
        return await(what, seconds, () -> see().filter(condition).isPresent());
    }

    private String last() {
        String cluster = recording
                .latest()
                .map(snapshot -> "tasks " + snapshot.shape(services) + ", nodes " + snapshot.nodes() + ", "
                        + (System.currentTimeMillis() - snapshot.at()) + " ms ago")
                .orElse("nothing, no manager answered: ./evenkeel lab status");
        List<View> views = recording.views();
        return views.isEmpty()
                ? cluster
                : cluster + "; rebalancer: " + views.get(views.size() - 1).reason();
    }

    /** Waits until every request of the last seconds was answered; what was before is forgotten. */
    void awaitCalm(int seconds, int calm) {
        await("a calm cluster", seconds, () -> {
            List<Outcome> last = recording.endedSince(System.currentTimeMillis() - calm * 1000L);
            return last.size() > calm
                    && recording.age() >= calm * 1000L
                    && last.stream().allMatch(Outcome::good);
        });
        recording.forget(System.currentTimeMillis() - calm * 1000L);
        recording.add(new Mark(System.currentTimeMillis(), "begin"));
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
            since[0] = !even ? 0 : since[0] == 0 ? System.currentTimeMillis() : since[0];
            return even && System.currentTimeMillis() - since[0] >= 3_000;
        });
        long at = since[0];
        recording.add(new Mark(
                at, "even: " + recording.latest().map(s -> s.shape(services)).orElse("")));
        say.accept("even");
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
        return ready == 0 ? System.currentTimeMillis() : ready;
    }

    /** Looks on for a while. */
    Span watch(int seconds) {
        long from = System.currentTimeMillis();
        seconds(seconds);
        return new Span(from, System.currentTimeMillis());
    }
}
