package io.evenkeel.balancer.health;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * How many checks are under way at once, over all upstreams: a check beyond that waits in line, and neither its time-out nor the endpoint's silence is counted
 * meanwhile. Confined to the control plane's thread.
 */
public final class CheckPlaces {

    /** 512 sockets: 10,000 endpoints every 5 s need 20 while they answer within 10 ms, and 512 keep well below the usual 1,024 descriptors. */
    public static final int MOST = 512;

    private final int most;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int taken;
    private boolean passing;

    public CheckPlaces(int most) {
        this.most = most;
    }

    /** Runs this with a place of its own, at once or when one becomes free. Whoever ran gives the place back by {@link #leave}, once. */
    void enter(Runnable check) {
        waiting.add(check);
        pass();
    }

    /** Passes a place on. */
    void leave() {
        taken--;
        pass();
    }

    /** One loop at a time, because who gets a place may leave it at once. */
    private void pass() {
        if (passing) {
            return;
        }
        passing = true;
        try {
            while (taken < most && !waiting.isEmpty()) {
                taken++;
                waiting.remove().run();
            }
        } finally {
            passing = false;
        }
    }
}
