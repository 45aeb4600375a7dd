package io.evenkeel.lab.load;

import io.evenkeel.lab.load.SteadyLoad.Router;
import org.jspecify.annotations.Nullable;

/** A request of the load. It ends once. Event-loop confined. */
final class Request {

    final Router router;
    final Mix.Kind kind;

    /** {@link System#nanoTime} at which it should be sent. */
    final long dueNanos;

    /** The connection it waits on. */
    @Nullable
    LoadConnection connection;

    private final SteadyLoad load;
    private boolean over;

    Request(SteadyLoad load, Router router, Mix.Kind kind, long dueNanos) {
        this.load = load;
        this.router = router;
        this.kind = kind;
        this.dueNanos = dueNanos;
    }

    boolean isOver() {
        return over;
    }

    void end(int status, String failure, String vvm) {
        if (!over) {
            over = true;
            load.onEnd(this, status, failure, vvm);
        }
    }

    void giveUp() {
        if (!over) {
            end(0, "no answer", "");
            if (connection != null) {
                connection.close();
            }
        }
    }
}
