package io.evenkeel.proxy.tls;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs something once every event loop has finished what it is doing: none of them then still uses what was replaced before. Stateless. */
final class LoopBarrier {

    private LoopBarrier() {}

    static void after(List<? extends Executor> loops, Runnable task) {
        AtomicInteger left = new AtomicInteger(loops.size());
        for (Executor loop : loops) {
            loop.execute(() -> {
                if (left.decrementAndGet() == 0) {
                    task.run();
                }
            });
        }
    }
}
