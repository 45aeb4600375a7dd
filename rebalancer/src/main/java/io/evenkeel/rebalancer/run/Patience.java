package io.evenkeel.rebalancer.run;

import io.evenkeel.discovery.swarm.EngineFailure;
import io.evenkeel.rebalancer.swarm.StaleService;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Asks managers that may not answer for a while.
 *
 * <p><b>Threading.</b> Confined to the thread that makes the moves; it waits.
 */
final class Patience {

    /** How long a healed partition may leave the cluster without a leader, and some. */
    static final Duration LEADERLESS = Duration.ofSeconds(60);

    private static final Duration POLL = Duration.ofSeconds(1);

    private final Time time;
    private final Progress progress;

    Patience(Time time, Progress progress) {
        this.time = time;
        this.progress = progress;
    }

    /** Asks until a manager answers, for as long as a cluster may have no leader; again too where somebody else's change came first. */
    <T> T ask(Supplier<T> question) {
        Instant until = time.now().plus(LEADERLESS);
        while (true) {
            try {
                return question.get();
            } catch (EngineFailure | StaleService e) {
                progress.onTrouble(String.valueOf(e.getMessage()));
                if (time.now().isAfter(until)) {
                    throw Halt.leaving("no manager answers: " + e.getMessage());
                }
                time.pause(POLL);
            }
        }
    }
}
