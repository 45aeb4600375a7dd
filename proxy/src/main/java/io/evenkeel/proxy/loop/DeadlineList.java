package io.evenkeel.proxy.loop;

import org.jspecify.annotations.Nullable;

/** The deadlines of one slot, linked through themselves. Event-loop confined. */
final class DeadlineList {

    private @Nullable Deadline first;

    @Nullable
    Deadline first() {
        return first;
    }

    void add(Deadline deadline) {
        deadline.list = this;
        deadline.previous = null;
        deadline.next = first;
        if (first != null) {
            first.previous = deadline;
        }
        first = deadline;
    }

    void remove(Deadline deadline) {
        if (deadline.previous == null) {
            first = deadline.next;
        } else {
            deadline.previous.next = deadline.next;
        }
        if (deadline.next != null) {
            deadline.next.previous = deadline.previous;
        }
        deadline.list = null;
        deadline.previous = null;
        deadline.next = null;
    }
}
