package io.evenkeel.cli.check;

import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.EndpointSource;
import io.evenkeel.discovery.Scheduler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One source and the first thing it says; what it says later is not heard.
 *
 * <p><b>Threading.</b> Confined to the {@link Scheduler}, but for {@link #result}.
 */
final class SourceTrial implements EndpointSource.Listener {

    private final String upstream;
    private final EndpointSource source;
    private final Scheduler scheduler;
    private final CompletableFuture<SourceResult> result = new CompletableFuture<>();
    private long beginNanos;

    SourceTrial(String upstream, EndpointSource source, Scheduler scheduler) {
        this.upstream = upstream;
        this.source = source;
        this.scheduler = scheduler;
    }

    /** Completes with the first thing the source says, or the reason why it was ended. */
    CompletableFuture<SourceResult> result() {
        return result;
    }

    void begin() {
        beginNanos = scheduler.nanoTime();
        try {
            source.start(this);
        } catch (RuntimeException e) {
            onFailure(e.toString());
        }
    }

    /** Stops the source; if it has said nothing, that is because of this. */
    void end(String reason) {
        source.close();
        onFailure(reason);
    }

    @Override
    public void onEndpoints(List<Endpoint> endpoints) {
        long critical =
                endpoints.stream().filter(endpoint -> !endpoint.usable()).count();
        String count = endpoints.size() + (endpoints.size() == 1 ? " endpoint" : " endpoints");
        String remark = endpoints.isEmpty() ? " (is the name right?)" : "";
        tell(true, critical == 0 ? count + remark : count + " (critical: " + critical + ")");
    }

    @Override
    public void onFailure(String reason) {
        tell(false, reason.replaceAll("\\R+", " "));
    }

    private void tell(boolean answered, String what) {
        long millis = TimeUnit.NANOSECONDS.toMillis(scheduler.nanoTime() - beginNanos);
        result.complete(new SourceResult(upstream, source.name(), answered, what, millis));
    }
}
