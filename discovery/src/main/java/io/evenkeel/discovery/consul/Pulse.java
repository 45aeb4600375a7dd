package io.evenkeel.discovery.consul;

import io.evenkeel.discovery.Scheduler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Asks the agent at short intervals for the leader, because a question that waits for a minute does not notice that nobody is there any more,
 * and a pause after failures does not notice that somebody is back.
 *
 * <p><b>Threading.</b> Confined to the scheduler.
 */
final class Pulse implements AutoCloseable {

    private static final Duration WELL = Duration.ofSeconds(2);

    /** Less than the 2 s within which a recovery is to be heard. */
    private static final Duration ILL = Duration.ofMillis(500);

    private final Surroundings around;
    private final Listener listener;
    private final Question<String> question = Question.leader();
    private boolean lost;
    private boolean closed;
    private @Nullable Asking<String> asking;
    private Scheduler.@Nullable Timer next;

    /** Hears how the agent fares that is asked. */
    interface Listener {

        /** It does not answer, or knows no leader; said each time. */
        void onLost(Agent agent, String reason);

        /** One answers again. */
        void onBack();
    }

    Pulse(Surroundings around, Listener listener) {
        this.around = around;
        this.listener = listener;
    }

    void start() {
        next = around.scheduler().schedule(this::feel, WELL);
    }

    @Override
    public void close() {
        closed = true;
        if (asking != null) {
            asking.cancel();
        }
        if (next != null) {
            next.cancel();
        }
    }

    private void feel() {
        Asking<String> mine = around.agents().agent().ask(question, Poll.AT_ONCE);
        asking = mine;
        mine.reply()
                .whenComplete((reply, thrown) -> around.scheduler().execute(() -> onEnd(mine.agent(), reply, thrown)));
    }

    private void onEnd(Agent agent, @Nullable Reply<String> reply, @Nullable Throwable thrown) {
        if (closed) {
            return;
        }
        asking = null;
        if (reply != null && reply.body().orElse("").isEmpty()) {
            onLost(agent, reply.where() + ": no leader");
        } else if (reply == null && !AskFailure.of(thrown).refused()) {
            onLost(agent, AskFailure.of(thrown).line());
        } else if (lost) {
            lost = false;
            listener.onBack();
        }
        next = around.scheduler().schedule(this::feel, lost ? ILL : WELL);
    }

    private void onLost(Agent agent, String reason) {
        lost = true;
        listener.onLost(agent, reason);
    }
}
