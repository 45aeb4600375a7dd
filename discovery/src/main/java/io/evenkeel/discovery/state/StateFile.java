package io.evenkeel.discovery.state;

import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.LastGoodStore;
import io.evenkeel.discovery.SourceKey;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last good sets of all sources in one file. It is read once, when it is opened; it is written two seconds after something changed, and
 * when it is closed.
 *
 * <p>A file that is not whole is renamed to NAME.corrupt and one that a later release wrote to NAME.vN, so that nothing is ever written
 * over what could not be read. A set that its source has not confirmed for {@link #MAX_AGE} is dropped: by then most of its addresses are gone,
 * or somebody else's. The wall clock decides that; a set from the future, which a clock that was set back leaves behind, is used.
 *
 * <p><b>Threading.</b> Safe for use by any thread. Once it is open, only the daemon thread {@code evenkeel-state} touches the disk.
 */
public final class StateFile implements LastGoodStore {

    /** As long as Consul remembers a node that failed. */
    static final Duration MAX_AGE = Duration.ofDays(3);

    /** How exactly the file tells when a set that stays the same was last confirmed. */
    static final Duration CONFIRM_EVERY = Duration.ofHours(1);

    /** More loses more changes when the process is killed; less writes more while sources flutter. */
    static final Duration WRITE_EVERY = Duration.ofSeconds(2);

    /** How long a disk that hangs may hold up the end of the process. */
    private static final long CLOSE_PATIENCE_MILLIS = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);

    private final SafeFile file;
    private final InstantSource clock;
    private final Duration writeEvery;
    private final Map<SourceKey, LastGood> sets = new ConcurrentHashMap<>();
    private final AtomicBoolean unwritten = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor executor;

    /** Publishes how it fares; written when it is opened and by the state thread, read by metrics. */
    private volatile Status status = new Status(0, 0, Optional.empty());

    /** A store that knows nothing before it has read its file. */
    StateFile(Path path, InstantSource clock, Duration writeEvery) {
        this.file = new SafeFile(path);
        this.clock = clock;
        this.writeEvery = writeEvery;
        this.executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "evenkeel-state");
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /**
     * Reads the file of this name. Whatever is wrong with it is one line in the log, and then there is nothing to recall.
     *
     * @param name may be empty: nothing is kept
     * @param clock wall clock
     */
    public static LastGoodStore open(String name, InstantSource clock) {
        if (name.isEmpty()) {
            return NONE;
        }
        StateFile state = new StateFile(Path.of(name), clock, WRITE_EVERY);
        state.read();
        return state;
    }

    @Override
    public Optional<LastGood> recall(SourceKey key) {
        return Optional.ofNullable(sets.get(key)).filter(this::isFresh);
    }

    @Override
    public void keep(SourceKey key, List<Endpoint> endpoints) {
        LastGood before = sets.get(key);
        if (before == null
                || !before.endpoints().equals(endpoints)
                || age(before).abs().compareTo(CONFIRM_EVERY) >= 0) {
            sets.put(key, new LastGood(clock.instant(), endpoints));
            writeLater();
        }
    }

    @Override
    public Status status() {
        return status;
    }

    @Override
    public void close() {
        executor.execute(this::writeIfChanged);
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE_PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("state file {}: not written, the disk hangs", file.path());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads the file, once, before anything else. */
    void read() {
        try {
            sets.putAll(StateFormat.decode(file.read(StateFormat.MAX_BYTES)));
            LOG.info("state file {}: sources: {}", file.path(), sets.size());
        } catch (NoSuchFileException e) { // the first start
            LOG.info("state file {}: there is none yet", file.path());
        } catch (IOException e) {
            unreadable(e.toString());
        } catch (UnusableState e) {
            unreadable(e.reason() + "; " + setAside(e.suffix()));
        }
    }

    private void unreadable(String problem) {
        LOG.warn("state file {}: {}; ignored", file.path(), problem);
        status = new Status(0, 0, Optional.of(problem));
    }

    private String setAside(String suffix) {
        try {
            return "set aside as " + file.setAside(suffix);
        } catch (IOException e) {
            return "cannot be set aside: " + e;
        }
    }

    private void writeLater() {
        if (unwritten.compareAndSet(false, true)) {
            executor.schedule(this::writeIfChanged, writeEvery.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void writeIfChanged() {
        if (!unwritten.getAndSet(false)) {
            return;
        }
        try {
            sets.values().removeIf(set -> !isFresh(set));
            file.write(StateFormat.encode(sets));
            status = new Status(status.writes() + 1, status.failures(), Optional.empty());
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
    }

    private void failed(Exception e) {
        if (status.failures() == 0 || status.problem().isEmpty()) {
            LOG.warn("state file {}: cannot be written: {}", file.path(), e.toString());
        }
        status = new Status(status.writes(), status.failures() + 1, Optional.of(e.toString()));
        writeLater();
    }

    private boolean isFresh(LastGood set) {
        return age(set).compareTo(MAX_AGE) < 0;
    }

    private Duration age(LastGood set) {
        return Duration.between(set.confirmed(), clock.instant());
    }
}
