package io.evenkeel.discovery.swarm;

import io.evenkeel.config.EndpointSourceConfig.SwarmSource;
import io.evenkeel.discovery.EndpointSource;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tasks of some services of one cluster.
 *
 * <p>A service that was there and is gone has no endpoints any more: the managers agree on that. One that was never there is a failure,
 * because a name that is spelled wrong looks the same.
 *
 * <p><b>Threading.</b> Confined to the {@link io.evenkeel.discovery.Scheduler}.
 */
final class SwarmTaskSource implements EndpointSource, SwarmWatcher {

    private static final Logger LOG = LoggerFactory.getLogger(SwarmTaskSource.class);

    private final SwarmSource config;
    private final TaskEndpoints tasks;
    private final Consumer<SwarmWatcher> watch;
    private final Consumer<SwarmWatcher> unwatch;
    private @Nullable Listener listener;
    private @Nullable SwarmPicture relevant;
    private TaskEndpoints.@Nullable Found found;
    private List<String> problems = List.of();
    private boolean known;

    /** @param watch begins to tell a watcher, {@code unwatch} ends that */
    SwarmTaskSource(
            SwarmSource config, TaskEndpoints tasks, Consumer<SwarmWatcher> watch, Consumer<SwarmWatcher> unwatch) {
        this.config = config;
        this.tasks = tasks;
        this.watch = watch;
        this.unwatch = unwatch;
    }

    @Override
    public String name() {
        return "swarm:" + (config.services().isEmpty() ? config.upstream() : String.join(",", config.services()));
    }

    @Override
    public void start(Listener told) {
        listener = told;
        watch.accept(this);
    }

    @Override
    public void close() {
        if (listener != null) {
            listener = null;
            unwatch.accept(this);
        }
    }

    @Override
    public void onPicture(SwarmPicture picture) {
        SwarmPicture now = tasks.relevant(picture);
        if (found == null || !now.equals(relevant)) {
            relevant = now;
            found = tasks.in(now);
        }
        known |= found.any();
        tell(found);
    }

    private void tell(TaskEndpoints.Found found) {
        boolean none = known && found.unusable().isEmpty();
        if (listener == null) {
            return;
        }
        if (found.endpoints().isEmpty() && !none) {
            listener.onFailure(String.join("; ", found.problems()));
            return;
        }
        complain(found.problems());
        listener.onEndpoints(found.endpoints());
    }

    @Override
    public void onFailure(String reason) {
        if (listener != null) {
            listener.onFailure(reason);
        }
    }

    private void complain(List<String> now) {
        if (!now.equals(problems)) {
            now.forEach(problem -> LOG.warn("{}: {}", name(), problem));
            problems = now;
        }
    }
}
