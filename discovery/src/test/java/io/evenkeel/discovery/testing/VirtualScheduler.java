package io.evenkeel.discovery.testing;

import io.evenkeel.discovery.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** A scheduler whose time stands still until a test moves it. Runs everything on the calling thread, one task at a time. */
public final class VirtualScheduler implements Scheduler {

    private final Queue<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<Waiting> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Waiting::atNanos).thenComparingLong(Waiting::order));
    private long nowNanos;
    private Duration jumped = Duration.ZERO;
    private long scheduled;
    private boolean running;

    private record Waiting(long atNanos, long order, Runnable task) {}

    @Override
    public void execute(Runnable task) {
        ready.add(task);
        runReady();
    }

    @Override
    public Timer schedule(Runnable task, Duration delay) {
        Waiting entry = new Waiting(nowNanos + delay.toNanos(), scheduled++, task);
        waiting.add(entry);
        return () -> waiting.remove(entry);
    }

    @Override
    public long nanoTime() {
        return nowNanos;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH.plus(jumped).plusNanos(nowNanos);
    }

    /** Sets the wall clock forward, or back by a negative duration; no time passes. */
    public void jumpWallClock(Duration by) {
        jumped = jumped.plus(by);
    }

    /** Moves the clock, stopping wherever a task is due. */
    public void advance(Duration by) {
        long until = nowNanos + by.toNanos();
        while (!waiting.isEmpty() && waiting.element().atNanos() <= until) {
            Waiting due = waiting.remove();
            nowNanos = due.atNanos();
            execute(due.task());
        }
        nowNanos = until;
    }

    public int waitingTasks() {
        return waiting.size();
    }

    private void runReady() {
        if (running) {
            return;
        }
        running = true;
        try {
            for (Runnable task = ready.poll(); task != null; task = ready.poll()) {
                task.run();
            }
        } finally {
            running = false;
        }
    }
}
