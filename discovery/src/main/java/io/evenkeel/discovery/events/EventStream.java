package io.evenkeel.discovery.events;

import io.evenkeel.discovery.DiscoveryEvent;
import io.evenkeel.discovery.DiscoveryListener;
import io.evenkeel.discovery.Scheduler;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where every event of this process passes through: it is numbered, counted, logged and handed to listeners and subscribers. The last
 * {@value #REMEMBERED} can be had again.
 *
 * <p><b>Threading.</b> Events come on the {@link Scheduler}, and there listeners hear of them; all else may be called from any thread.
 */
public final class EventStream implements DiscoveryListener, AutoCloseable {

    /** Events; what a subscriber that was away for a while can catch up with. */
    static final int REMEMBERED = 1_024;

    /** Events; more than one update of a large upstream brings, so that only who does not read falls so far behind. */
    static final int MOST_WAITING = 16_384;

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

    private final List<DiscoveryListener> listeners = new CopyOnWriteArrayList<>();

    /** Guarded by this. */
    private final EventRing ring;

    /** Guarded by this. */
    private final Map<DiscoveryEvent.Kind, Long> counts = new EnumMap<>(DiscoveryEvent.Kind.class);

    /** Guarded by this; replaced, never modified. */
    private List<Subscription> subscriptions = List.of();

    /** Guarded by this. */
    private boolean closed;

    public EventStream(Scheduler scheduler) {
        this(scheduler, Integer.toHexString(ThreadLocalRandom.current().nextInt() | 0x10000000));
    }

    /** @param token tells the ids of this stream from those of others */
    EventStream(Scheduler scheduler, String token) {
        listeners.add(new EventLog(scheduler));
        this.ring = new EventRing(token, REMEMBERED);
        for (DiscoveryEvent.Kind kind : DiscoveryEvent.Kind.values()) {
            counts.put(kind, 0L);
        }
    }

    /** Hands every event from now on to this listener too, each before the next. */
    public void addListener(DiscoveryListener listener) {
        listeners.add(listener);
    }

    public void removeListener(DiscoveryListener listener) {
        listeners.remove(listener);
    }

    /**
     * Subscribes to the events after the one of this id. The subscription has ended if this has.
     *
     * @param id that of the last event the subscriber knows; empty: it wants only what happens from now on
     * @param onNews called when there is something to take after there was nothing, or nothing more will come; on any thread, must not
     *     wait
     */
    public synchronized Subscription subscribe(String id, Runnable onNews) {
        Subscription subscription = new Subscription(this, ring.after(id), MOST_WAITING, onNews);
        if (closed) {
            subscription.close();
            return subscription;
        }
        List<Subscription> more = new ArrayList<>(subscriptions);
        more.add(subscription);
        subscriptions = List.copyOf(more);
        return subscription;
    }

    /** How many events of each kind there were. */
    public synchronized Map<DiscoveryEvent.Kind, Long> counts() {
        return new EnumMap<>(counts);
    }

    @Override
    public void onEvent(DiscoveryEvent event) {
        NumberedEvent numbered;
        List<Subscription> told;
        synchronized (this) {
            if (closed) {
                return;
            }
            numbered = ring.add(event);
            counts.merge(event.kind(), 1L, Long::sum);
            told = subscriptions;
        }
        listeners.forEach(listener -> guarded(() -> listener.onEvent(event)));
        told.forEach(subscription -> guarded(() -> subscription.offer(numbered)));
    }

    /** Ends all subscriptions; events are ignored from now on. Idempotent. */
    @Override
    public void close() {
        List<Subscription> ending;
        synchronized (this) {
            closed = true;
            ending = subscriptions;
            subscriptions = List.of();
        }
        ending.forEach(subscription -> guarded(subscription::finish));
    }

    synchronized void remove(Subscription subscription) {
        subscriptions =
                subscriptions.stream().filter(other -> other != subscription).toList();
    }

    /** One that fails must keep the event neither from the others nor from whoever brought it. */
    private static void guarded(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException e) {
            LOG.error("events: a listener failed", e);
        }
    }
}
