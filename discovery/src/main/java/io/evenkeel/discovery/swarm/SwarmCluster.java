package io.evenkeel.discovery.swarm;

import io.evenkeel.discovery.InnermostCause;
import io.evenkeel.discovery.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last good picture of one cluster, kept up to date while somebody watches. Events of nodes and services make it look at everything;
 * because tasks have no events, it looks at them by itself, at its {@link Pace}.
 *
 * <p><b>Threading.</b> Confined to the {@link Scheduler}.
 */
final class SwarmCluster implements AutoCloseable {

    /** Lets the events that one change causes arrive before anybody looks. */
    private static final Duration COALESCE = Duration.ofMillis(200);

    private final SwarmClient client;
    private final Scheduler scheduler;
    private final Pace pace;
    private final NodeReports nodes;
    private final EventFollower events;
    private final List<SwarmWatcher> watchers = new ArrayList<>();

    private @Nullable SwarmPicture picture;
    private @Nullable String failure;
    private int failures;
    private boolean started;
    private boolean closed;
    private boolean looking;
    private boolean stale = true;
    private long newsNanos;
    private long wholeNanos;
    private Scheduler.@Nullable Timer next;

    /** A cluster nobody has looked at yet. */
    SwarmCluster(SwarmClient client, Scheduler scheduler, Pace pace, NodeReports nodes) {
        this.client = client;
        this.scheduler = scheduler;
        this.pace = pace;
        this.nodes = nodes;
        this.events = new EventFollower(client, scheduler, pace, this::onEvent);
    }

    /** Tells a watcher what is known, and everything from now on. The first one starts the looking. */
    void watch(SwarmWatcher watcher) {
        watchers.add(watcher);
        if (!started) {
            started = true;
            newsNanos = scheduler.nanoTime();
            events.start();
            look();
            return;
        }
        if (picture != null) {
            watcher.onPicture(picture);
        }
        if (failure != null) {
            watcher.onFailure(failure);
        }
    }

    void unwatch(SwarmWatcher watcher) {
        watchers.remove(watcher);
    }

    boolean watched() {
        return !watchers.isEmpty();
    }

    /** Nothing is told any more. */
    @Override
    public void close() {
        closed = true;
        events.close();
        cancelNext();
        client.close();
    }

    private void onEvent() {
        newsNanos = scheduler.nanoTime();
        if (!stale) {
            stale = true;
            lookAfter(COALESCE);
        }
    }

    private void lookAfter(Duration delay) {
        cancelNext();
        if (!looking && !closed) {
            next = scheduler.schedule(this::look, delay);
        }
    }

    private void look() {
        looking = true;
        boolean whole = stale
                || picture == null
                || scheduler.nanoTime() - wholeNanos >= pace.slowest().toNanos();
        stale = false;
        client.read(whole ? null : picture)
                .whenComplete((seen, thrown) -> scheduler.execute(() -> onSeen(whole, seen, thrown)));
    }

    private void onSeen(boolean whole, @Nullable SwarmPicture seen, @Nullable Throwable thrown) {
        looking = false;
        if (closed) {
            return;
        }
        if (seen != null) {
            succeeded(whole, seen);
        } else if (thrown != null) {
            failed(InnermostCause.message(thrown));
        }
    }

    private void succeeded(boolean whole, SwarmPicture seen) {
        boolean news = !seen.equals(picture);
        boolean tell = news || failure != null || whole;
        picture = seen;
        failure = null;
        failures = 0;
        if (news) {
            newsNanos = scheduler.nanoTime();
        }
        if (whole) {
            wholeNanos = scheduler.nanoTime();
            nodes.report(seen);
        }
        if (tell) {
            List.copyOf(watchers).forEach(watcher -> watcher.onPicture(seen));
        }
        Duration sinceNews = Duration.ofNanos(scheduler.nanoTime() - newsNanos);
        lookAfter(stale ? COALESCE : pace.next(sinceNews, seen.busy()));
    }

    private void failed(String reason) {
        failure = reason;
        failures++;
        stale = true;
        List.copyOf(watchers).forEach(watcher -> watcher.onFailure(reason));
        lookAfter(pace.retry(failures));
    }

    private void cancelNext() {
        if (next != null) {
            next.cancel();
            next = null;
        }
    }
}
