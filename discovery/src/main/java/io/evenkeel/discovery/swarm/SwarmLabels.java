package io.evenkeel.discovery.swarm;

import io.evenkeel.config.SwarmConfig;
import io.evenkeel.discovery.Scheduler;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what the services of a cluster say by labels. The first answer is told, whatever it is; before that nothing is, no failure takes back what was told, and
 * a cluster that all at once has no services is believed after a while only.
 *
 * <p><b>Threading.</b> Confined to the {@link Scheduler}.
 */
public final class SwarmLabels implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SwarmLabels.class);

    private final SwarmSources sources;
    private final SwarmConfig config;
    private final Consumer<LabelledConfig> onChange;
    private final Emptiness emptiness;
    private final SwarmWatcher watcher = new Watcher();
    private @Nullable LabelledConfig told;
    private boolean failing;

    /** @param onChange gets everything that is labelled, on the scheduler, whenever that changed */
    public SwarmLabels(
            SwarmSources sources, SwarmConfig config, Scheduler scheduler, Consumer<LabelledConfig> onChange) {
        this.sources = sources;
        this.config = config;
        this.onChange = onChange;
        this.emptiness = new Emptiness(scheduler, false);
    }

    /** Starts following. What is known is told before this returns. */
    public void start() {
        sources.watch(config, watcher);
    }

    /** Nothing is told any more. */
    @Override
    public void close() {
        sources.unwatch(config, watcher);
    }

    private void onServices(List<SwarmService> services) {
        if (emptiness.doubts(services.isEmpty())) {
            return;
        }
        LabelledConfig now = LabelledConfig.of(services);
        if (!now.equals(told)) {
            List<String> before = told == null ? List.of() : told.problems();
            now.problems().stream()
                    .filter(problem -> !before.contains(problem))
                    .forEach(problem -> LOG.warn("swarm: {}", problem));
            told = now;
            onChange.accept(now);
        }
    }

    private final class Watcher implements SwarmWatcher {

        @Override
        public void onPicture(SwarmPicture picture) {
            if (failing) {
                failing = false;
                LOG.info("swarm: labels are read again");
            }
            onServices(picture.services());
        }

        @Override
        public void onFailure(String reason) {
            if (!failing) {
                failing = true;
                LOG.warn("swarm: labels cannot be read, routes are kept: {}", reason);
            }
        }
    }
}
