package io.evenkeel.discovery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A source that looks again and again. The next look begins an interval after the last one ended, so looks never overlap; the interval
 * varies by a tenth either way, so that the routers of a cluster do not ask in step.
 *
 * <p><b>Threading.</b> Confined to the {@link Scheduler}; lookups complete elsewhere.
 */
public final class PollingSource implements EndpointSource {

    private static final double JITTER = 0.1;

    private final String name;
    private final Lookup lookup;
    private final Duration interval;
    private final Scheduler scheduler;
    private final RandomGenerator random;
    private boolean closed;
    private Scheduler.@Nullable Timer next;

    public PollingSource(String name, Lookup lookup, Duration interval, Scheduler scheduler, RandomGenerator random) {
        this.name = name;
        this.lookup = lookup;
        this.interval = interval;
        this.scheduler = scheduler;
        this.random = random;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start(Listener listener) {
        look(listener);
    }

    @Override
    public void close() {
        closed = true;
        if (next != null) {
            next.cancel();
        }
    }

    private void look(Listener listener) {
        answer().whenComplete((endpoints, failure) -> scheduler.execute(() -> onAnswer(listener, endpoints, failure)));
    }

    private CompletionStage<List<Endpoint>> answer() {
        try {
            return lookup.endpoints();
        } catch (RuntimeException e) { // or there would be no next look
            return CompletableFuture.failedFuture(e);
        }
    }

    private void onAnswer(Listener listener, @Nullable List<Endpoint> endpoints, @Nullable Throwable failure) {
        if (closed) {
            return;
        }
        next = scheduler.schedule(() -> look(listener), jittered());
        if (failure != null) {
            listener.onFailure(LookupFailure.of(failure).reason());
        } else if (endpoints != null) {
            listener.onEndpoints(endpoints);
        }
    }

    private Duration jittered() {
        double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
        return Duration.ofNanos((long) (interval.toNanos() * factor));
    }
}
