package io.evenkeel.proxy.telemetry;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon thread that carries lines from all rings to the target. It looks every {@value #POLL_MILLIS} ms, sooner when a loop
 * wakes it because its ring is half full.
 *
 * <p><b>Threading.</b> {@link #add}, {@link #wake}, {@link #replaceTarget} and {@link #stop} may be called by any thread.
 */
final class AccessLogThread {

    private static final Logger LOG = LoggerFactory.getLogger(AccessLogThread.class);

    /** What a line may be late, against how often an idle router wakes up. */
    private static final long POLL_MILLIS = 50;

    /** How long a stop waits for a target that does not take the last lines. */
    private static final long STOP_MILLIS = 2_000;

    private final List<ByteRing> rings = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable LogTarget> next = new AtomicReference<>();
    private final Thread thread = new Thread(this::run, "evenkeel-access-log");
    private LogTarget target;
    private boolean failing;

    /** Lines lost to a target that failed; written by the thread. */
    private final LoopCounter lost = new LoopCounter();

    /** That the thread sleeps and a wake is worth a system call; set by the thread, cleared by it and by {@link #wake}. */
    private volatile boolean asleep;

    /** Set once by {@link #stop}, read by the thread. */
    private volatile boolean stopped;

    AccessLogThread(LogTarget target) {
        this.target = target;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void add(ByteRing ring) {
        rings.add(ring);
    }

    void wake() {
        if (asleep) {
            asleep = false;
            LockSupport.unpark(thread);
        }
    }

    /** Writes to another target from now on, once what is waiting has gone to the old one, which is then closed. */
    void replaceTarget(LogTarget target) {
        close(next.getAndSet(target));
        wake();
    }

    long lost() {
        return lost.read();
    }

    /** Writes what is waiting, closes the target and ends. */
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
            int drained = drainAll();
            takeNextTarget();
            if (drained == 0 && !last) {
                sleep();
            }
        } while (!last);
        close(target);
    }

    private void sleep() {
        asleep = true;
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
        asleep = false;
    }

    private int drainAll() {
        int drained = 0;
        for (ByteRing ring : rings) {
            drained += drain(ring);
        }
        rings.removeIf(ByteRing::isRetiredAndEmpty);
        return drained;
    }

    private int drain(ByteRing ring) {
        try {
            int drained = ring.drainTo(this::write);
            failing &= drained == 0;
            return drained;
        } catch (IOException e) {
            if (!failing) {
                LOG.warn("access log: lines are being lost: {}", e.toString());
            }
            failing = true;
            return 0;
        }
    }

    private void write(byte[] source, int offset, int length) throws IOException {
        try {
            target.write(source, offset, length);
        } catch (IOException e) {
            lost.add(lines(source, offset, length));
            throw e;
        }
    }

    private static int lines(byte[] source, int offset, int length) {
        int lines = 0;
        for (int i = offset; i < offset + length; i++) {
            lines += source[i] == '\n' ? 1 : 0;
        }
        return lines;
    }

    private void takeNextTarget() {
        LogTarget taken = next.getAndSet(null);
        if (taken != null) {
            close(target);
            target = taken;
        }
    }

    private static void close(@Nullable LogTarget target) {
        if (target == null) {
            return;
        }
        try {
            target.close();
        } catch (IOException e) {
            LOG.warn("access log: {}", e.toString());
        }
    }
}
