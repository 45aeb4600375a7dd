package io.evenkeel.cli.check;

import io.evenkeel.config.EndpointSourceConfig;
import io.evenkeel.config.RouterConfig;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.discovery.ControlThread;
import io.evenkeel.discovery.SourceFactory;
import io.evenkeel.discovery.builtin.BuiltInSources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Every source of a configuration, tried once and all at the same time.
 *
 * <p><b>Threading.</b> Any thread; {@link #run} waits.
 */
public final class OnlineCheck {

    private final ControlThread control;
    private final SourceFactory factory;
    private final List<SourceTrial> trials = new ArrayList<>();
    private final List<CompletableFuture<SourceResult>> results = new ArrayList<>();

    private OnlineCheck(ControlThread control, SourceFactory factory) {
        this.control = control;
        this.factory = factory;
    }

    /** How each source fares, in the order of the configuration; those that say nothing within the limit have failed. */
    public static List<SourceResult> run(RouterConfig config, Duration limit) {
        try (ControlThread control = new ControlThread();
                BuiltInSources factory = new BuiltInSources(control, new SplittableRandom())) {
            OnlineCheck check = new OnlineCheck(control, factory);
            check.onControl(() -> check.begin(config));
            check.await(limit);
            check.onControl(() -> check.trials.forEach(trial -> trial.end("no answer within " + text(limit))));
            return check.results.stream().map(CompletableFuture::join).toList();
        }
    }

    private void begin(RouterConfig config) {
        factory.configure(config.discovery());
        for (UpstreamConfig upstream : config.upstreams()) {
            upstream.endpoints().forEach(source -> prepare(upstream.name(), source));
        }
        trials.forEach(SourceTrial::begin);
    }

    private void prepare(String upstream, EndpointSourceConfig config) {
        try {
            factory.create(config).forEach(source -> {
                SourceTrial trial = new SourceTrial(upstream, source, control);
                trials.add(trial);
                results.add(trial.result());
            });
        } catch (RuntimeException e) {
            String kind =
                    config.getClass().getSimpleName().replace("Source", "").toLowerCase(Locale.ROOT);
            results.add(CompletableFuture.completedFuture(
                    new SourceResult(upstream, kind, false, String.valueOf(e.getMessage()), 0)));
        }
    }

    private void await(Duration limit) {
        CompletableFuture<?> all = CompletableFuture.allOf(results.toArray(CompletableFuture<?>[]::new));
        all.completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    private void onControl(Runnable task) {
        CompletableFuture.runAsync(task, control::execute).join();
    }

    private static String text(Duration limit) {
        return limit.toSeconds() + " s";
    }
}
