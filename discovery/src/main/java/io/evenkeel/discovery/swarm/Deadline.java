package io.evenkeel.discovery.swarm;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A moment at which the thread that made it is torn out of whatever it waits for: it is interrupted, which ends waiting for a unix socket,
 * and something is closed, which ends the rest.
 *
 * <p><b>Threading.</b> Made and closed by the same thread, which is not interrupted after that.
 */
final class Deadline implements AutoCloseable {

    private final Thread waiting = Thread.currentThread();
    private final Runnable close;
    private final CompletableFuture<Void> timer = new CompletableFuture<>();
    private boolean over; // guarded by this
    private boolean passed; // guarded by this

    Deadline(Duration after, Runnable close) {
        this.close = close;
        timer.orTimeout(after.toNanos(), TimeUnit.NANOSECONDS).exceptionally(late -> {
            pass();
            return null;
        });
    }

    private void pass() {
        synchronized (this) {
            if (over) {
                return;
            }
            passed = true;
            waiting.interrupt();
        }
        close.run();
    }

    synchronized boolean passed() {
        return passed;
    }

    @Override
    public void close() {
        timer.complete(null);
        synchronized (this) {
            over = true;
            if (passed) {
                Thread.interrupted(); // it was ours
            }
        }
    }
}
