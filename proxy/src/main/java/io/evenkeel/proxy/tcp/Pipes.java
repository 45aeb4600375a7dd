package io.evenkeel.proxy.tcp;

import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The pipes of one event loop: each is lent to one flow at a time. Event-loop confined. */
final class Pipes {

    /** A flow whose receiver is slow keeps its pipe, and with it up to 16 pages or more; flows beyond these copy. */
    static final int MOST = 256;

    /** Kept open while nobody needs them. */
    private static final int SPARE = 4;

    private final ArrayDeque<Pipe> spare = new ArrayDeque<>(SPARE);
    private int lent;
    private boolean closed;

    /** An empty one, or null: there are too many, or no descriptors. */
    @Nullable
    Pipe borrow() {
        if (lent == MOST) {
            return null;
        }
        Pipe pipe = spare.pollLast();
        if (pipe == null) {
            try {
                pipe = Pipe.open();
            } catch (IOException e) {
                return null;
            }
        }
        lent++;
        return pipe;
    }

    /** What is left in it is lost. */
    void giveBack(Pipe pipe) {
        lent--;
        if (closed || pipe.held() > 0 || spare.size() == SPARE) {
            pipe.close();
        } else {
            spare.addLast(pipe);
        }
    }

    /** Closes those that are not lent, and the others when they are given back. */
    void close() {
        closed = true;
        spare.forEach(Pipe::close);
        spare.clear();
    }
}
