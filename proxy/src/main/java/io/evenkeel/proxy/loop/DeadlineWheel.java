package io.evenkeel.proxy.loop;

/**
 * All deadlines of one event loop. A deadline that moves into the future, as nearly all do on every read, is only noted; it is moved to its slot when
 * the old one comes up. So no timer is made per request. Event-loop confined.
 *
 * <p>After Varghese and Lauck, "Hashed and Hierarchical Timing Wheels" (1987), scheme 6, with lazy re-insertion.
 */
public final class DeadlineWheel {

    /** How late a deadline may pass, in nanoseconds: 50 ms, far below the shortest time-out worth setting. */
    public static final long TICK_NANOS = 50_000_000;

    private static final int SLOTS = 1024;

    private final DeadlineList[] slots = new DeadlineList[SLOTS];
    private final long originNanos;
    private long ticks;

    public DeadlineWheel(long nowNanos) {
        originNanos = nowNanos;
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = new DeadlineList();
        }
    }

    /** Sets the deadline, or moves it. */
    public void set(Deadline deadline, long atNanos) {
        deadline.atNanos = atNanos;
        long tick = tickOf(atNanos);
        if (deadline.list != null) {
            if (tick >= deadline.tick) {
                return;
            }
            deadline.list.remove(deadline);
        }
        insert(deadline, tick);
    }

    /** Takes the deadline back; nothing happens where none is set. */
    public void cancel(Deadline deadline) {
        if (deadline.list != null) {
            deadline.list.remove(deadline);
        }
    }

    /** Passes every deadline whose moment has come. To be called about every {@link #TICK_NANOS}. */
    public void advance(long nowNanos) {
        long target = (nowNanos - originNanos) / TICK_NANOS;
        if (target - ticks > SLOTS) {
            ticks = target - SLOTS;
        }
        while (ticks < target) {
            ticks++;
            DeadlineList slot = slots[(int) (ticks % SLOTS)];
            for (Deadline due = slot.first(); due != null; due = slot.first()) {
                slot.remove(due);
                if (due.atNanos - nowNanos <= 0) {
                    due.pass();
                } else {
                    insert(due, tickOf(due.atNanos));
                }
            }
        }
    }

    private long tickOf(long atNanos) {
        return (atNanos - originNanos) / TICK_NANOS + 1;
    }

    private void insert(Deadline deadline, long tick) {
        deadline.tick = Math.max(ticks + 1, Math.min(tick, ticks + SLOTS - 1));
        slots[(int) (deadline.tick % SLOTS)].add(deadline);
    }
}
