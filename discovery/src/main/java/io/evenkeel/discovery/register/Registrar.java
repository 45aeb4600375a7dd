package io.evenkeel.discovery.register;

import io.evenkeel.config.RegisterConfig;
import io.evenkeel.config.RouterConfig;
import io.evenkeel.config.SwarmConfig;
import io.evenkeel.discovery.Scheduler;
import io.evenkeel.discovery.swarm.SwarmSources;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the tasks of enabled services registered in Consul: after each change in Swarm, and at an interval, because Consul may lose its
 * memory. When it ends the registrations stay, for as long as their time to live.
 *
 * <p><b>Threading.</b> Confined to the {@link Scheduler}; a daemon thread of its own waits for Consul.
 */
public final class Registrar implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);

    /** Lets the changes of a moment come together. */
    private static final Duration COALESCE = Duration.ofMillis(100);

    /** A registration outlives two signs of life that did not arrive. */
    private static final int SIGNS_PER_TTL = 3;

    private final SwarmConfig swarm;
    private final SwarmSources sources;
    private final Scheduler scheduler;
    private final Duration interval;
    private final DesiredTasks tasks;
    private final TaskRegistry registry;
    private final Reconciler reconciler;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "evenkeel-register");
        thread.setDaemon(true);
        return thread;
    });
    private boolean working;
    private boolean changed;
    private boolean failing;
    private boolean closed;
    private Scheduler.@Nullable Timer next;

    /** A registrar that has not asked anybody yet; {@link #start} makes it. */
    public Registrar(RouterConfig config, SwarmSources sources, Scheduler scheduler) {
        RegisterConfig register = config.register();
        Duration renewEvery = register.ttl().dividedBy(SIGNS_PER_TTL);
        this.swarm = config.discovery().swarm();
        this.sources = sources;
        this.scheduler = scheduler;
        this.interval = renewEvery.compareTo(register.interval()) < 0 ? renewEvery : register.interval();
        this.tasks = new DesiredTasks(swarm.network(), scheduler, this::onChange);
        this.registry = new ConsulRegistry(register, config.discovery().consul());
        this.reconciler = new Reconciler(registry, renewEvery.minus(interval.dividedBy(2)), scheduler::nanoTime);
    }

    /** Begins; to be called on the scheduler. */
    public void start() {
        sources.watch(swarm, tasks);
        work();
    }

    /** Takes all registrations of ours away, after which nothing is registered any more. Brings the reason if that failed. */
    public CompletionStage<Optional<String>> withdraw() {
        CompletableFuture<Optional<String>> done = new CompletableFuture<>();
        scheduler.execute(() -> {
            stop();
            worker.execute(() -> withdraw(done));
        });
        return done;
    }

    private void withdraw(CompletableFuture<Optional<String>> done) {
        try {
            reconciler.reconcile(Desired.NOTHING);
            done.complete(Optional.empty());
        } catch (RuntimeException e) {
            done.complete(Optional.of(reason(e)));
        }
    }

    /** Stops; what is registered stays. Returns without waiting. */
    @Override
    public void close() {
        scheduler.execute(() -> {
            stop();
            worker.shutdown();
            registry.close();
        });
    }

    private void stop() {
        if (!closed) {
            closed = true;
            cancelNext();
            sources.unwatch(swarm, tasks);
        }
    }

    private void onChange() {
        changed = true;
        if (!working) {
            workAfter(COALESCE);
        }
    }

    private void workAfter(Duration delay) {
        cancelNext();
        next = scheduler.schedule(this::work, delay);
    }

    private void work() {
        cancelNext();
        working = true;
        changed = false;
        Desired desired = tasks.now();
        CompletableFuture.runAsync(() -> reconciler.reconcile(desired), worker)
                .whenComplete((done, thrown) -> scheduler.execute(() -> onWorked(thrown)));
    }

    private void onWorked(@Nullable Throwable thrown) {
        working = false;
        if (closed) {
            return;
        }
        if (thrown != null && !failing) {
            LOG.warn("{}; tried again every {} ms", reason(thrown), interval.toMillis());
        } else if (thrown == null && failing) {
            LOG.info("consul: registrations are up to date again");
        }
        failing = thrown != null;
        workAfter(changed && !failing ? COALESCE : interval);
    }

    private static String reason(Throwable thrown) {
        Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
        return cause instanceof RegistryFailure failure ? failure.reason() : cause.toString();
    }

    private void cancelNext() {
        if (next != null) {
            next.cancel();
            next = null;
        }
    }
}
