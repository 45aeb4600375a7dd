package io.evenkeel.balancer.health;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Standing;
import io.evenkeel.balancer.endpoint.Standing.Health;
import io.evenkeel.balancer.health.ProbeResult.Outcome;
import io.evenkeel.config.HealthCheckConfig;
import io.evenkeel.discovery.Scheduler.Timer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The checks of one endpoint, one after the other: the next begins an interval after the last began, but never before that has ended.
 *
 * <p>The first check comes at a random moment within the fast interval and the second at one within the interval; from then on each interval varies by a tenth.
 * So neither the endpoints of an upstream nor the routers of a cluster ask in step. Confined to the control plane's thread.
 */
final class EndpointCheck {

    private static final double JITTER = 0.1;
    private static final double SECOND_NANOS = 1e9;

    /** More certain than certain is of no use to anybody who looks at it. */
    private static final double MOST_PHI = 100;

    private final EndpointState endpoint;
    private final CheckContext context;
    private final Consumer<EndpointCheck> onChange;
    private final Verdict verdict;
    private final Suspicion suspicion;
    private final boolean usedUntilChecked;
    private String detail;
    private @Nullable Timer timer;
    private long dueNanos;
    private boolean first = true;
    private boolean closed;

    /**
     * Checks that go on from what is known of the endpoint.
     *
     * @param usedUntilChecked whether the endpoint is used while nothing is known of it
     * @param onChange is told whenever {@link #standing} may say something else
     */
    EndpointCheck(
            EndpointState endpoint, CheckContext context, boolean usedUntilChecked, Consumer<EndpointCheck> onChange) {
        HealthCheckConfig config = context.config();
        Standing known = endpoint.standing();
        this.endpoint = endpoint;
        this.context = context;
        this.usedUntilChecked = usedUntilChecked;
        this.onChange = onChange;
        this.verdict = new Verdict(config.unhealthyAfter(), config.healthyAfter(), known.health());
        this.suspicion = new Suspicion(config);
        this.detail = known.detail();
    }

    EndpointState endpoint() {
        return endpoint;
    }

    void start() {
        Duration within = context.config().fastInterval();
        dueNanos = context.scheduler().nanoTime() + random(within);
        schedule();
    }

    /** No check begins any more, and one that is under way changes nothing. */
    void close() {
        closed = true;
        if (timer != null) {
            timer.cancel();
        }
    }

    /** What is known of the endpoint now; the ejection is as it is. */
    Standing standing() {
        double phi = suspicion.phi(context.scheduler().nanoTime());
        Health health = verdict.health();
        boolean usable = health == Health.HEALTHY || (health == Health.UNKNOWN && usedUntilChecked);
        double shown = Math.min(MOST_PHI, Math.rint(phi * 10) / 10);
        return endpoint.standing().with(health, detail, shown, suspicion.weightPercent(phi), usable);
    }

    /** Whether time alone makes the endpoint suspect: a check is unanswered, and the endpoint is not given up yet. */
    boolean awaited() {
        return suspicion.silent() && verdict.health() != Health.UNHEALTHY;
    }

    /**
     * Time has passed.
     *
     * @param excusedNanos how much of it nobody could have heard the endpoint
     */
    void suspect(long excusedNanos) {
        suspicion.excuse(excusedNanos);
        long now = context.scheduler().nanoTime();
        double phi = suspicion.phi(now);
        if (awaited() && suspicion.ejects(phi)) {
            verdict.suspected();
            double seconds = suspicion.silenceNanos(now) / SECOND_NANOS;
            detail = String.format(Locale.ROOT, "silent for %.1f s (phi %.1f)", seconds, phi);
        }
        onChange.accept(this);
    }

    private void schedule() {
        long delay = Math.max(0, dueNanos - context.scheduler().nanoTime());
        timer = context.scheduler().schedule(() -> context.places().enter(this::ask), Duration.ofNanos(delay));
    }

    private void ask() {
        if (closed) {
            context.places().leave();
            return;
        }
        dueNanos = context.scheduler().nanoTime();
        suspicion.sent(dueNanos);
        onChange.accept(this);
        answer(endpoint, context).whenComplete((result, fault) -> context.scheduler()
                .execute(() ->
                        onAnswer(result != null ? result : ProbeResult.failed("could not be checked: " + fault))));
    }

    /** Asks an endpoint, once. */
    static CompletionStage<ProbeResult> answer(EndpointState endpoint, CheckContext context) {
        HealthCheckConfig config = context.config();
        InetSocketAddress address = config.port() == 0
                ? endpoint.address()
                : new InetSocketAddress(endpoint.address().getAddress(), config.port());
        try {
            return context.probe().ask(address, config.timeout());
        } catch (RuntimeException e) { // or there would be no next check
            return CompletableFuture.failedFuture(e);
        }
    }

    private void onAnswer(ProbeResult result) {
        context.places().leave();
        if (closed) {
            return;
        }
        context.counts().count(result.outcome());
        take(result);
        dueNanos += nextNanos();
        schedule();
        onChange.accept(this);
    }

    private void take(ProbeResult result) {
        detail = result.detail();
        if (result.outcome() == Outcome.PASSED) {
            suspicion.passed(context.scheduler().nanoTime());
            verdict.passed();
            return;
        }
        if (result.outcome() == Outcome.FAILED) {
            suspicion.answered();
        }
        verdict.failed();
    }

    private long nextNanos() {
        if (verdict.changing()) {
            return jittered(context.config().fastInterval());
        }
        Duration interval = context.config().interval();
        long next = first ? random(interval) : jittered(interval);
        first = false;
        return next;
    }

    private long random(Duration within) {
        return (long) (within.toNanos() * context.random().nextDouble());
    }

    private long jittered(Duration interval) {
        return (long) (interval.toNanos() * (1 + JITTER * (2 * context.random().nextDouble() - 1)));
    }
}
