package io.evenkeel.config;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads the configuration when its file, or one that it names, changes, or when asked. It compares what the file says rather than watching
 * for events, so renames, replaced symbolic links (Docker configs) and network file systems are all the same to it. A
 * change is taken when the file has read the same twice, so that a half-written one is left alone. A file that is wrong
 * changes nothing: the running configuration stays.
 *
 * <p>Threading: thread-safe; the lock admits one reload at a time.
 */
public final class ConfigWatcher implements AutoCloseable {

    /** Between two looks at the file: a change is in force within two of them. A look reads a few kilobytes. */
    static final Duration INTERVAL = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatcher.class);

    private final Path file;
    private final Environment environment;
    private final Applier applier;
    private final Clock clock;
    private @Nullable ScheduledExecutorService ownScheduler;
    private @Nullable Future<?> looking;
    private boolean closed;

    /** The other files that the configuration came from when it was last loaded. */
    private ReadFiles files;

    /** What the file said, and how the others looked, when it was last loaded. */
    private String loaded;

    /** The same at the last look. */
    private String seen;

    /** Written by the reloading thread under the lock, read by metrics. */
    private volatile Reloads reloads = Reloads.NONE;

    /** Watches nothing yet; {@code running} is what the applier has in force. */
    ConfigWatcher(Path file, Loaded running, Environment environment, Applier applier, Clock clock) {
        this.file = file;
        this.environment = environment;
        this.applier = applier;
        this.clock = clock;
        this.files = running.files();
        this.loaded = state(running);
        this.seen = loaded;
    }

    /**
     * Watches a file whose contents, {@code running}, are in force, and the files of secrets and certificates that it
     * names. Its thread does not keep the process alive.
     */
    public static ConfigWatcher start(Path file, Loaded running, Applier applier) {
        ConfigWatcher watcher = new ConfigWatcher(file, running, Environment.system(), applier, Clock.systemUTC());
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "evenkeel-config");
            thread.setDaemon(true);
            return thread;
        });
        watcher.ownScheduler = scheduler;
        watcher.watch(scheduler);
        return watcher;
    }

    /** Looks at the file regularly from now on. */
    synchronized void watch(ScheduledExecutorService scheduler) {
        long millis = INTERVAL.toMillis();
        looking = scheduler.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
    }

    private static String state(Loaded read) {
        return read.fingerprint() + read.files().asRead();
    }

    /** One look at the files. */
    synchronized void look() {
        String now = ConfigFile.fingerprint(file) + files.now();
        boolean settled = now.equals(seen);
        seen = now;
        if (settled && !now.equals(loaded)) {
            reload();
        }
    }

    /** Loads the file and applies it, changed or not; gives the problems that prevented it, none when in force. */
    public synchronized List<ConfigProblem> reload() {
        if (closed) {
            return List.of(problem("not reloaded: the router is stopping"));
        }
        Loaded now = ConfigFile.load(file, environment);
        files = now.files();
        loaded = state(now);
        seen = loaded;
        List<ConfigProblem> problems =
                now instanceof Loaded.Valid valid ? apply(valid.config()) : ((Loaded.Invalid) now).problems();
        record(problems);
        return problems;
    }

    /** A defect of the applier must not end the watching. */
    private List<ConfigProblem> apply(RouterConfig config) {
        try {
            return applier.apply(config).stream().map(this::problem).toList();
        } catch (Exception e) {
            LOG.debug("configuration refused", e);
            return List.of(problem("cannot be applied: " + e));
        }
    }

    private ConfigProblem problem(String what) {
        return new ConfigProblem(file.toString(), 1, 1, "", Words.plain(what), "");
    }

    private void record(List<ConfigProblem> problems) {
        if (problems.isEmpty()) {
            reloads = reloads.withApplied(clock.instant());
            LOG.info("configuration reloaded from {}", file);
            return;
        }
        reloads = reloads.withRejected();
        for (ConfigProblem problem : problems) {
            LOG.error("{}", problem);
        }
        LOG.error("configuration not reloaded, the running one stays: {} error(s) in {}", problems.size(), file);
    }

    /** What became of all reloads so far. */
    public Reloads reloads() {
        return reloads;
    }

    /** Ends the watching; a reload under way is waited for, later ones are refused. */
    @Override
    public synchronized void close() {
        closed = true;
        if (looking != null) {
            looking.cancel(false);
        }
        if (ownScheduler != null) {
            ownScheduler.shutdown();
        }
    }
}
