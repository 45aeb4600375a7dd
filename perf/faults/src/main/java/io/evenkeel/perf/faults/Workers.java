package io.evenkeel.perf.faults;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * The workers of an endpoint and the queue before them. As in most servers, a request whose client has gone is worked on all
 * the same: only writing the answer shows it.
 *
 * <p>Threading: event-loop confined.
 */
final class Workers {

    /** How many times slower than usual a slow endpoint is. */
    static final int SLOWNESS = 20;

    private final EventLoop loop;
    private final SplittableRandom random;
    private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
    private Service service = new Service(10, 32);
    private boolean slow;
    private int busy;
    private int generation;

    Workers(EventLoop loop, SplittableRandom random) {
        this.loop = loop;
        this.random = random;
    }

    /** What they can do from now on. */
    void serve(Service next) {
        service = next;
        startNext();
    }

    /** Whether requests that begin from now on take {@link #SLOWNESS} times as long. */
    void slow(boolean on) {
        slow = on;
    }

    /** Runs the answer when a worker has spent the service time on it. */
    void work(Runnable answer) {
        queue.add(answer);
        startNext();
    }

    /** The process was killed: nothing that is queued or begun will be answered. */
    void die() {
        generation++;
        queue.clear();
        busy = 0;
    }

    private void startNext() {
        while (busy < service.workers() && !queue.isEmpty()) {
            busy++;
            Runnable answer = queue.remove();
            int began = generation;
            long nanos = service.draw(random) * (slow ? SLOWNESS : 1);
            loop.schedule(() -> finish(answer, began), nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void finish(Runnable answer, int began) {
        if (began == generation) {
            busy--;
            answer.run();
            startNext();
        }
    }
}
