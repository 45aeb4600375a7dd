package io.evenkeel.discovery.consul;

import io.evenkeel.discovery.Scheduler;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One question, asked again as soon as its answer may have changed: a loop of blocking queries.
 *
 * <p>After a failure the next question does not block and its index is compared with the last one known, because an agent that lost its
 * memory would hold a question about the future. A failure at one agent goes to the next at once; when all have failed there is a pause.
 *
 * <p><b>Threading.</b> Confined to the scheduler; so are the calls of its listener.
 */
final class Watch<T> implements AutoCloseable {

    private final Surroundings around;
    private final Question<T> question;
    private final Pace pace;
    private final Listener<T> listener;
    private final KnownIndex known = new KnownIndex();
    private long index;
    private int failuresInARow;
    private boolean closed;
    private @Nullable Asking<T> asking;
    private Scheduler.@Nullable Timer next;

    /** Hears the answers to one question. */
    interface Listener<T> {

        /** The answer as of now; it may be the same as before. */
        void onAnswer(Reply<T> reply, T body);

        /** There was none, or the servers forgot what the answers before were made of. */
        void onFailure(String reason);
    }

    /** @param refill how often it may ask while every question is answered at once */
    Watch(Surroundings around, Question<T> question, Duration refill, Listener<T> listener) {
        this.around = around;
        this.question = question;
        this.pace = new Pace(refill, around.random());
        this.listener = listener;
    }

    /** Asks for the first time. */
    void start() {
        ask();
    }

    /** Asks now if it is pausing after a failure. */
    void retry() {
        if (next != null && failuresInARow > 0) {
            next.cancel();
            ask();
        }
    }

    /** Asks now, whatever it is doing, and does not wait for a change: the last answer was not believed. */
    void refresh() {
        if (!closed) {
            stop();
            index = 0;
            ask();
        }
    }

    /** Gives up what this agent was asked: it is known to be ill. */
    void abandon(Agent agent, String reason) {
        Asking<T> given = asking;
        if (given != null && given.agent() == agent) {
            given.cancel();
            onFailure(agent, reason);
        }
    }

    @Override
    public void close() {
        closed = true;
        stop();
    }

    private void stop() {
        if (asking != null) {
            asking.cancel();
            asking = null;
        }
        if (next != null) {
            next.cancel();
            next = null;
        }
    }

    private void ask() {
        next = null;
        Poll poll = index == 0 ? Poll.AT_ONCE : Poll.after(index, around.maxWait());
        Asking<T> mine = around.agents().agent().ask(question, poll);
        asking = mine;
        mine.reply().whenComplete((reply, thrown) -> around.scheduler().execute(() -> onEnd(mine, reply, thrown)));
    }

    private void onEnd(Asking<T> mine, @Nullable Reply<T> reply, @Nullable Throwable thrown) {
        if (closed || !mine.equals(asking)) {
            return;
        }
        if (reply != null) {
            onReply(reply);
        } else {
            onFailure(mine.agent(), AskFailure.of(thrown).line());
        }
    }

    private void onReply(Reply<T> reply) {
        asking = null;
        failuresInARow = 0;
        Optional<String> wentBack = known.take(reply);
        wentBack.ifPresent(listener::onFailure);
        index = wentBack.isPresent() ? 0 : reply.index();
        listener.onAnswer(reply, reply.body().orElseThrow());
        again(pace.afterAnswer(around.scheduler().nanoTime()));
    }

    private void onFailure(Agent agent, String reason) {
        asking = null;
        index = 0;
        failuresInARow++;
        around.agents().failed(agent.name());
        listener.onFailure(reason);
        boolean anotherLeft = failuresInARow % around.agents().size() != 0;
        again(anotherLeft ? Duration.ZERO : pace.afterFailure());
    }

    private void again(Duration pause) {
        if (!closed) {
            next = around.scheduler().schedule(this::ask, pause);
        }
    }
}
