package io.evenkeel.proxy;

import io.evenkeel.config.RouterConfig;
import io.evenkeel.config.SwarmConfig;
import io.evenkeel.discovery.Scheduler;
import io.evenkeel.discovery.swarm.LabelledConfig;
import io.evenkeel.discovery.swarm.SwarmLabels;
import io.evenkeel.discovery.swarm.SwarmSources;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Swarm services add to the configuration by their labels, for as long as the configuration asks for that.
 *
 * <p><b>Threading.</b> Labels are heard on the {@link Scheduler} and handed on by a thread of their own, because putting a configuration in
 * force waits for the scheduler. {@link #follow} belongs to one thread at a time; the rest may be called from any.
 */
final class LabelledRoutes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LabelledRoutes.class);

    private final SwarmSources swarm;
    private final Scheduler scheduler;
    private final Runnable onChange;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(new DefaultThreadFactory("evenkeel-labels", true));
    private @Nullable SwarmConfig followed;
    private @Nullable SwarmLabels labels;

    /** Publishes what the labels say, null before that is known; the scheduler writes, readiness and whoever applies it read. */
    private volatile @Nullable LabelledConfig latest;

    /** Publishes that labels are asked for; {@link #follow} writes, readiness reads. */
    private volatile boolean wanted;

    /** Publishes what is wrong with the labels, so that each is logged once; whoever applies them writes, metrics read. */
    private volatile List<String> reported = List.of();

    /** @param onChange is run by the labels' thread whenever they say something else */
    LabelledRoutes(SwarmSources swarm, Scheduler scheduler, Runnable onChange) {
        this.swarm = swarm;
        this.scheduler = scheduler;
        this.onChange = onChange;
    }

    /** Follows the labels of this cluster from now on, if they are wanted. */
    void follow(SwarmConfig config) {
        if (config.equals(followed)) {
            return;
        }
        followed = config;
        wanted = config.labels();
        scheduler.execute(() -> restart(config));
    }

    /** A file's configuration with what the labels add to it. */
    RouterConfig addTo(RouterConfig file) {
        LabelledConfig known = latest;
        if (!wanted || known == null) {
            return file;
        }
        LabelledConfig.Merged merged = known.with(file);
        List<String> before = reported;
        merged.problems().stream()
                .filter(problem -> !known.problems().contains(problem) && !before.contains(problem))
                .forEach(problem -> LOG.warn("swarm: {}", problem));
        reported = merged.problems();
        return merged.config();
    }

    /** Lines that say what is wrong with the labels now; none if nothing is. */
    List<String> problems() {
        return wanted ? reported : List.of();
    }

    /** Why the routes are not known yet; empty when they are, or when nobody asks for them. */
    List<String> unready() {
        return wanted && latest == null
                ? List.of("swarm: the labels of the services have not been read yet")
                : List.of();
    }

    @Override
    public void close() {
        thread.shutdownNow();
        scheduler.execute(this::stop);
    }

    private void restart(SwarmConfig config) {
        stop();
        if (config.labels()) {
            labels = new SwarmLabels(swarm, config, scheduler, this::onLabels);
            labels.start();
        }
    }

    private void stop() {
        if (labels != null) {
            labels.close();
            labels = null;
        }
    }

    private void onLabels(LabelledConfig now) {
        latest = now;
        if (!thread.isShutdown()) {
            thread.execute(onChange);
        }
    }
}
