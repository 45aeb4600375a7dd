package io.evenkeel.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * SIGTERM and SIGINT: the first asks the process to stop, the second ends it at once.
 *
 * <p><b>Threading.</b> Any thread.
 */
final class StopSignal {

    /** What a shell shows for a process that signal 15 ended: 128 + 15. */
    private static final int ENDED_BY_SIGNAL = 143;

    private final CountDownLatch asked = new CountDownLatch(1);

    /** Set by the first signal; each one comes on a thread of its own. */
    private final AtomicBoolean came = new AtomicBoolean();

    private StopSignal() {}

    /** Takes over both signals of this process. To be called before the process says that it is ready. */
    static StopSignal install() {
        StopSignal stop = new StopSignal();
        Signals.handle("TERM", stop::received);
        Signals.handle("INT", stop::received);
        return stop;
    }

    /** Blocks until the process is asked to stop. */
    void await() {
        try {
            asked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Blocks for so long; true if the process was asked to stop. */
    boolean await(Duration time) {
        try {
            return asked.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void received() {
        if (came.getAndSet(true)) {
            Runtime.getRuntime().halt(ENDED_BY_SIGNAL);
        }
        asked.countDown();
    }
}
