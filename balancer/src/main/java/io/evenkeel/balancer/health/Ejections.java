package io.evenkeel.balancer.health;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Standing.Ejection;
import io.evenkeel.config.OutlierConfig;
import io.evenkeel.discovery.DiscoveryEvent.Kind;
import io.evenkeel.discovery.Scheduler;
import io.evenkeel.discovery.Scheduler.Timer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoints of an upstream are ejected, and until when. The n-th ejection in a row lasts n times the base; each time as long as the base without
 * one takes one off n.
 *
 * <p><b>Threading.</b> Confined to the control plane's thread, but for {@link #counts}.
 */
final class Ejections {

    /** Who says so, in events. */
    private static final String SOURCE = "outlier-detection";

    private static final double SECOND_MILLIS = 1_000;

    private final Scheduler scheduler;
    private final FitnessListener listener;
    private final Consumer<EndpointState> onReturn;
    private final Map<EndpointState, Term> terms = new LinkedHashMap<>();
    private final EnumCounts<EjectionReason> counts = new EnumCounts<>(EjectionReason.class);

    /** What is remembered of one endpoint. */
    private static final class Term {
        private int inARow;
        private long returnedNanos;
        private @Nullable Timer timer;
    }

    /** @param onReturn is told of an endpoint that is about to be used again */
    Ejections(Scheduler scheduler, FitnessListener listener, Consumer<EndpointState> onReturn) {
        this.scheduler = scheduler;
        this.listener = listener;
        this.onReturn = onReturn;
    }

    /** An endpoint that may be ejected from now on. */
    void add(EndpointState endpoint) {
        terms.putIfAbsent(endpoint, new Term());
    }

    /** The endpoint has left; its past is forgotten. */
    void remove(EndpointState endpoint) {
        Term term = terms.remove(endpoint);
        if (term != null && term.timer != null) {
            term.timer.cancel();
            endpoint.standing(endpoint.standing().with(Optional.empty()));
        }
    }

    /** Takes this endpoint out, unless it is out, is not known, or too few would be left. */
    void eject(EndpointState endpoint, EjectionReason reason, String text, OutlierConfig config) {
        Term term = terms.get(endpoint);
        if (term == null || term.timer != null || !mayLose(endpoint, config)) {
            return;
        }
        Duration lasts = sentence(term, config);
        counts.count(reason);
        Ejection ejection = new Ejection(text, scheduler.now().plus(lasts));
        endpoint.standing(endpoint.standing().with(Optional.of(ejection)));
        term.timer = scheduler.schedule(() -> comeBack(endpoint, "its time is up"), lasts);
        listener.onStanding();
        listener.onEvent(Kind.ENDPOINT_EJECTED, endpoint, SOURCE, text + "; for " + seconds(lasts));
    }

    /** Everybody returns, because ejecting ends. */
    void pardon() {
        terms.keySet().forEach(endpoint -> comeBack(endpoint, "nothing is ejected any more"));
    }

    Map<EjectionReason, Long> counts() {
        return counts.read();
    }

    private static int most(int endpoints, OutlierConfig config) {
        if (endpoints < 2 || config.maxEjectedPercent() == 0) {
            return 0;
        }
        return Math.max(1, endpoints * config.maxEjectedPercent() / 100);
    }

    /** Whatever the share, somebody must be left who can take the traffic. */
    private boolean mayLose(EndpointState endpoint, OutlierConfig config) {
        long out = terms.values().stream().filter(term -> term.timer != null).count();
        return out < most(terms.size(), config)
                && terms.keySet().stream()
                        .anyMatch(other -> other != endpoint && other.standing().fit() && !other.draining());
    }

    private Duration sentence(Term term, OutlierConfig config) {
        long base = config.baseEjection().toNanos();
        long longest = config.maxEjection().toNanos();
        if (term.inARow > 0) {
            long quiet = (scheduler.nanoTime() - term.returnedNanos) / base;
            term.inARow = (int) Math.max(0, term.inARow - quiet);
        }
        term.inARow = (int) Math.min(term.inARow + 1, longest / base + 1);
        long nanos = Math.min(longest, base * term.inARow);
        return Duration.ofNanos(nanos);
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / SECOND_MILLIS);
    }

    private void comeBack(EndpointState endpoint, String why) {
        Term term = terms.get(endpoint);
        if (term == null || term.timer == null) {
            return;
        }
        term.timer.cancel();
        term.timer = null;
        term.returnedNanos = scheduler.nanoTime();
        onReturn.accept(endpoint);
        endpoint.standing(endpoint.standing().with(Optional.empty()));
        listener.onStanding();
        listener.onEvent(Kind.ENDPOINT_UNEJECTED, endpoint, SOURCE, why);
    }
}
