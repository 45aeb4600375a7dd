package io.evenkeel.discovery.consul;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of a datacenter's services with their tags, watched for all who want to know; only while there are any.
 *
 * <p><b>Threading.</b> Confined to the scheduler.
 */
final class CatalogWatch implements Watch.Listener<Map<String, List<String>>> {

    private static final Duration REFILL = Duration.ofMillis(500);

    private final Surroundings around;
    private final Watches watches;
    private final Pace doubts;
    private final String datacenter;
    private final List<Listener> listeners = new ArrayList<>();
    private @Nullable Watch<Map<String, List<String>>> watch;
    private @Nullable Map<String, List<String>> last;
    private long lastIndex;

    /** Hears of the services of a datacenter. */
    interface Listener {

        /**
         * All services as of now.
         *
         * @param moved whether anything in the catalog may have changed, be it nothing of names and tags
         */
        void onCatalog(Map<String, List<String>> tagsByService, boolean moved);

        void onCatalogFailure(String reason);
    }

    CatalogWatch(Surroundings around, Watches watches, String datacenter) {
        this.around = around;
        this.watches = watches;
        this.datacenter = datacenter;
        this.doubts = new Pace(Duration.ZERO, around.random());
    }

    /** What is known so far is told at once. */
    void add(Listener listener) {
        listeners.add(listener);
        if (watch == null) {
            watch = watches.start(Question.services(datacenter), REFILL, this);
        } else if (last != null) {
            listener.onCatalog(last, true);
        }
    }

    void remove(Listener listener) {
        listeners.remove(listener);
        if (listeners.isEmpty() && watch != null) {
            watches.stop(watch);
            watch = null;
            last = null;
        }
    }

    @Override
    public void onAnswer(Reply<Map<String, List<String>>> reply, Map<String, List<String>> body) {
        if (body.isEmpty()) { // there is always one: consul itself
            doubt(reply.where() + ": no service that this token may see (is the token right? discovery.consul.token)");
            return;
        }
        doubts.recovered();
        boolean moved = last == null || reply.index() != lastIndex;
        last = body;
        lastIndex = reply.index();
        List.copyOf(listeners).forEach(listener -> listener.onCatalog(body, moved));
    }

    /** No change announces that more may be seen: it is asked for again, after ever longer pauses. */
    private void doubt(String reason) {
        Watch<Map<String, List<String>>> mine = watch;
        onFailure(reason);
        around.scheduler()
                .schedule(
                        () -> {
                            if (mine != null && mine == watch && last == null) {
                                mine.refresh();
                            }
                        },
                        doubts.afterFailure());
    }

    @Override
    public void onFailure(String reason) {
        last = null;
        List.copyOf(listeners).forEach(listener -> listener.onCatalogFailure(reason));
    }
}
