package io.evenkeel.lab.drill;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a drill that is stopped by a signal clean up after itself before the process ends.
 *
 * <p><b>Threading.</b> The drill's thread hangs and drops it; the JVM's shutdown pulls it.
 */
final class Curtain {

    /** A node that lost its power takes a while to start. */
    private static final Duration CLEAN_UP = Duration.ofMinutes(3);

    private final Thread player = Thread.currentThread();
    private final CountDownLatch clean = new CountDownLatch(1);
    private final Thread hook = new Thread(this::fall, "curtain");

    /** Set by the shutdown, read by the drill's thread. */
    private volatile boolean falling;

    private Curtain() {}

    static Curtain hang() {
        Curtain curtain = new Curtain();
        Runtime.getRuntime().addShutdownHook(curtain.hook);
        return curtain;
    }

    /** Whether nothing more is to be begun. */
    boolean falling() {
        return falling;
    }

    private void fall() {
        falling = true;
        player.interrupt();
        try {
            var unused = clean.await(CLEAN_UP.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All is cleaned up. */
    void drop() {
        clean.countDown();
        if (!falling) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
