package io.evenkeel.discovery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where what sources last said outlives the process.
 *
 * <p><b>Threading.</b> Called on the {@link Scheduler}, where it never waits for a disk, but for {@link #status} and {@link #close}.
 */
public interface LastGoodStore extends AutoCloseable {

    /** Keeps nothing. */
    LastGoodStore NONE = new LastGoodStore() {
        @Override
        public Optional<LastGood> recall(SourceKey key) {
            return Optional.empty();
        }

        @Override
        public void keep(SourceKey key, List<Endpoint> endpoints) {}

        @Override
        public Status status() {
            return new Status(0, 0, Optional.empty());
        }

        @Override
        public void close() {}
    };

    /** A set that was believed. Immutable. */
    record LastGood(Instant confirmed, List<Endpoint> endpoints) {

        public LastGood {
            endpoints = List.copyOf(endpoints);
        }
    }

    /**
     * How the store fares. Immutable.
     *
     * @param writes times it was written so far
     * @param failures times it could not be written so far
     * @param problem why it could not be written the last time; or, before the first time, why it could not be read
     */
    record Status(long writes, long failures, Optional<String> problem) {}

    /** What a source of this configuration last said, in this run or an earlier one. */
    Optional<LastGood> recall(SourceKey key);

    /** Takes what a source says and is believed; cheap while it is the same again and again. */
    void keep(SourceKey key, List<Endpoint> endpoints);

    /** How it fares. Callable from any thread. */
    Status status();

    /** Writes what is not written yet; may wait for the disk, but not for long. The sources are closed by then. */
    @Override
    void close();
}
