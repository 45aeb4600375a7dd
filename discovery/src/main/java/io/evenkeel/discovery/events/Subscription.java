package io.evenkeel.discovery.events;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber's place in an {@link EventStream}: what it has not taken yet, up to a bound beyond which it is cut off.
 *
 * <p><b>Threading.</b> Any thread; the control plane adds, the subscriber takes.
 *
 * <p><b>Ownership.</b> The subscriber closes it.
 */
public final class Subscription implements AutoCloseable {

    private final EventStream stream;
    private final String since;
    private final boolean complete;
    private final int capacity;
    private final Runnable onNews;

    /** Guarded by this. */
    private final ArrayDeque<NumberedEvent> waiting;

    /** Guarded by this. */
    private boolean ended;

    Subscription(EventStream stream, Resumption from, int capacity, Runnable onNews) {
        this.stream = stream;
        this.since = from.since();
        this.complete = from.complete();
        this.capacity = capacity;
        this.onNews = onNews;
        this.waiting = new ArrayDeque<>(from.missed());
    }

    /** The id to resume from as long as no event has been taken. */
    public String since() {
        return since;
    }

    /** False when the subscriber asked for events of which some, or all, are no longer known. */
    public boolean complete() {
        return complete;
    }

    /** Takes the next event; null if there is none now, or never will be. */
    public synchronized @Nullable NumberedEvent next() {
        return waiting.poll();
    }

    /** True when there is nothing to take and never will be: the subscriber was too slow, the stream ended, or this was closed. */
    public synchronized boolean ended() {
        return ended && waiting.isEmpty();
    }

    /** Takes no more events. Idempotent. */
    @Override
    public void close() {
        stream.remove(this);
        end();
    }

    /** Adds an event, and says so to a subscriber that had taken all before it. A subscriber too far behind gets nothing more. */
    void offer(NumberedEvent event) {
        if (add(event)) {
            onNews.run();
        }
    }

    /** Ends it and says so; what was not taken yet still can be. */
    void finish() {
        synchronized (this) {
            ended = true;
        }
        onNews.run();
    }

    private synchronized boolean add(NumberedEvent event) {
        if (ended) {
            return false;
        }
        if (waiting.size() == capacity) {
            end();
            return true;
        }
        waiting.add(event);
        return waiting.size() == 1;
    }

    private synchronized void end() {
        ended = true;
        waiting.clear();
    }
}
