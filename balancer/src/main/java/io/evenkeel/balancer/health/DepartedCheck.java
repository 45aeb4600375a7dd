package io.evenkeel.balancer.health;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.health.ProbeResult.Outcome;
import io.evenkeel.discovery.Scheduler.Timer;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks an endpoint that has left for as long as something is in flight there. A task that is being stopped closes its port first and finishes what it has
 * begun, so no answer that it gives counts against it; but one whose machine is gone says nothing, not even that it closes its connections, and whoever waits
 * for it would wait in vain. Confined to the control plane's thread.
 */
final class DepartedCheck {

    private final EndpointState endpoint;
    private final CheckContext context;
    private final Consumer<EndpointState> onSilent;
    private final Consumer<EndpointState> onEnd;
    private @Nullable Timer timer;
    private int silences;
    private boolean closed;

    /**
     * One that has not begun.
     *
     * @param onSilent is told once the endpoint has let as many checks in a row pass without a word as make one unhealthy
     * @param onEnd is told when there is nothing more to ask
     */
    DepartedCheck(
            EndpointState endpoint,
            CheckContext context,
            Consumer<EndpointState> onSilent,
            Consumer<EndpointState> onEnd) {
        this.endpoint = endpoint;
        this.context = context;
        this.onSilent = onSilent;
        this.onEnd = onEnd;
    }

    /** An event loop that has not heard that it left may send it something just now: the first look is a moment later. */
    void start() {
        Duration soon = context.config().fastInterval();
        timer = context.scheduler().schedule(this::look, soon);
    }

    /** Nothing is asked any more, and an answer that is under way changes nothing. */
    void close() {
        closed = true;
        if (timer != null) {
            timer.cancel();
        }
    }

    private void look() {
        if (endpoint.inFlight() == 0) {
            end();
        } else {
            context.places().enter(this::ask);
        }
    }

    private void ask() {
        if (closed) {
            context.places().leave();
            return;
        }
        EndpointCheck.answer(endpoint, context).whenComplete((result, fault) -> context.scheduler()
                .execute(() -> onAnswer(result != null && result.outcome() == Outcome.SILENT)));
    }

    private void onAnswer(boolean silent) {
        context.places().leave();
        if (closed) {
            return;
        }
        silences = silent ? silences + 1 : 0;
        if (silences >= context.config().unhealthyAfter()) {
            onSilent.accept(endpoint);
            end();
        } else {
            start();
        }
    }

    private void end() {
        close();
        onEnd.accept(endpoint);
    }
}
