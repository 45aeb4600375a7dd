package io.evenkeel.lab.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that was seen and done during a drill, as it came in.
 *
 * <p><b>Threading.</b> Callable from any thread; one lock.
 */
public final class Recording {

    private final List<Mark> marks = new ArrayList<>();
    private final List<Snapshot> snapshots = new ArrayList<>();
    private final List<View> views = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();

    /** Something was done. */
    public synchronized void add(Mark mark) {
        marks.add(mark);
    }

    /** The cluster was seen. */
    public synchronized void add(Snapshot snapshot) {
        snapshots.add(snapshot);
    }

    /** A rebalancer was asked. */
    public synchronized void add(View view) {
        views.add(view);
    }

    /** A request has ended. */
    public synchronized void add(Outcome outcome) {
        outcomes.add(outcome);
    }

    /** Requests that ended since then. */
    public synchronized List<Outcome> endedSince(long at) {
        int from = outcomes.size();
        while (from > 0 && outcomes.get(from - 1).ended() >= at) {
            from--;
        }
        return List.copyOf(outcomes.subList(from, outcomes.size()));
    }

    /** For how long requests have been recorded, ms. */
    public synchronized long age() {
        return outcomes.isEmpty()
                ? 0
                : System.currentTimeMillis() - outcomes.get(0).due();
    }

    /** Forgets everything that was before, as if it had begun then. */
    public synchronized void forget(long before) {
        outcomes.removeIf(outcome -> outcome.due() < before);
        snapshots.removeIf(snapshot -> snapshot.at() < before);
        views.removeIf(view -> view.at() < before);
    }

    /** What was done, in order. */
    public synchronized List<Mark> marks() {
        return List.copyOf(marks);
    }

    /** How the cluster was, in order. */
    public synchronized List<Snapshot> snapshots() {
        return List.copyOf(snapshots);
    }

    /** What rebalancers said, in order. */
    public synchronized List<View> views() {
        return List.copyOf(views);
    }

    /** Requests, in the order in which they ended. */
    public synchronized List<Outcome> outcomes() {
        return List.copyOf(outcomes);
    }

    /** How the cluster was last. */
    public synchronized Optional<Snapshot> latest() {
        return snapshots.isEmpty() ? Optional.empty() : Optional.of(snapshots.get(snapshots.size() - 1));
    }

    /** What rebalancers said since then. */
    public synchronized List<View> viewsSince(long at) {
        int from = views.size();
        while (from > 0 && views.get(from - 1).at() >= at) {
            from--;
        }
        return List.copyOf(views.subList(from, views.size()));
    }

    /** From the first that was seen or done to the last, ms since 1970. */
    public synchronized Span span() {
        long from = Long.MAX_VALUE;
        long to = 0;
        for (Outcome outcome : outcomes) {
            from = Math.min(from, outcome.due());
            to = Math.max(to, outcome.due());
        }
        for (Snapshot snapshot : snapshots) {
            from = Math.min(from, snapshot.at());
            to = Math.max(to, snapshot.at());
        }
        for (Mark mark : marks) {
            from = Math.min(from, mark.at());
            to = Math.max(to, mark.at());
        }
        return to == 0 ? new Span(0, 0) : new Span(from, to);
    }
}
