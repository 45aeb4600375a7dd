package io.evenkeel.proxy.telemetry;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon thread that carries lines from every ring to its target. It looks every {@value #POLL_MILLIS} ms, sooner when a loop
 * wakes it because its ring is half full.
 *
 * <p><b>Threading.</b> {@link #add}, {@link #wake} and {@link #stop} may be called by any thread.
 */
final class AccessLogThread {

    private static final Logger LOG = LoggerFactory.getLogger(AccessLogThread.class);

    /** What a line may be late, against how often an idle router wakes up. */
    private static final long POLL_MILLIS = 50;

    /** How long a stop waits for a target that does not take the last lines. */
    private static final long STOP_MILLIS = 2_000;

    private final List<Source> sources = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::run, "evenkeel-access-log");

    /** That the last write failed, so that a full disk is reported once and not for every line. */
    private boolean failing;

    /** Lines lost to a target that failed; written by the thread. */
    private final LoopCounter lost = new LoopCounter();

    /** That the thread sleeps and a wake is worth a system call; set by the thread, cleared by it and by {@link #wake}. */
    private volatile boolean asleep;

    /** Set once by {@link #stop}, read by the thread. */
    private volatile boolean stopped;

    AccessLogThread() {
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Drains this ring from now on, until it is retired and empty. */
    void add(ByteRing ring, LogTarget target) {
        sources.add(new Source(ring, target));
    }

    void wake() {
        if (asleep) {
            asleep = false;
            LockSupport.unpark(thread);
        }
    }

    /** Whether a line for this target may still be waiting. */
    boolean serves(LogTarget target) {
        return sources.stream().anyMatch(source -> source.target == target);
    }

    long lost() {
        return lost.read();
    }

    /** Writes what is waiting and ends; gives up on a target that is stuck. */
    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean last;
        do {
            last = stopped;
            if (drainAll() == 0 && !last) {
                sleep();
            }
        } while (!last);
        sources.forEach(source -> source.target.close());
    }

    private void sleep() {
        asleep = true;
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
        asleep = false;
    }

    private int drainAll() {
        int drained = 0;
        for (Source source : sources) {
            drained += source.ring.drainTo((bytes, offset, length) -> write(source.target, bytes, offset, length));
        }
        for (Source source : sources) {
            forgetWhenDone(source);
        }
        return drained;
    }

    /** A retired ring was made for settings that are no longer in force, so the last of a target's rings closes it. */
    private void forgetWhenDone(Source source) {
        if (source.ring.isRetiredAndEmpty()) {
            sources.removeIf(source::equals);
            if (!serves(source.target)) {
                source.target.close();
            }
        }
    }

    private void write(LogTarget target, byte[] bytes, int offset, int length) {
        try {
            target.write(bytes, offset, length);
            failing = false;
        } catch (IOException e) {
            lost.add(lines(bytes, offset, length));
            if (!failing) {
                LOG.warn("access log: lines are being lost: {}", e.toString());
            }
            failing = true;
        }
    }

    private static int lines(byte[] bytes, int offset, int length) {
        int lines = 0;
        for (int i = offset; i < offset + length; i++) {
            lines += bytes[i] == '\n' ? 1 : 0;
        }
        return lines;
    }

    /** A ring and where its lines go. */
    private record Source(ByteRing ring, LogTarget target) {}
}
