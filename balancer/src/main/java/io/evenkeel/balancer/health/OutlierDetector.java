package io.evenkeel.balancer.health;

import io.evenkeel.balancer.endpoint.AttemptObserver;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.config.OutlierConfig;
import io.evenkeel.discovery.Scheduler;
import io.evenkeel.discovery.Scheduler.Timer;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The outlier detection of one upstream: ejects endpoints that fail several times in a row, or that do much worse than the others, after the rules that
 * Envoy has made known.
 *
 * <p><b>Threading.</b> Confined to the control plane's thread, but for what event loops tell {@link AttemptTally}.
 */
public final class OutlierDetector implements AutoCloseable {

    private final Scheduler scheduler;
    private final Ejections ejections;
    private final Map<EndpointState, AttemptTally> tallies = new LinkedHashMap<>();

    /** Of endpoints that left with attempts in flight: one that is back goes on to be heard by the same. */
    private final Map<EndpointState, AttemptTally> departed = new HashMap<>();

    /** Publishes the thresholds; the control plane writes, event loops read. */
    private volatile OutlierConfig config;

    private @Nullable Timer timer;

    public OutlierDetector(OutlierConfig config, Scheduler scheduler, FitnessListener listener) {
        this.config = config;
        this.scheduler = scheduler;
        this.ejections = new Ejections(scheduler, listener, this::onReturn);
        compareLater();
    }

    /** Goes by other thresholds from now on; rows and ejections stay, unless nothing is ejected any more. */
    public void configure(OutlierConfig now) {
        if (now.equals(config)) {
            return;
        }
        config = now;
        if (now.maxEjectedPercent() == 0) {
            ejections.pardon();
        }
        compareLater();
    }

    /** What hears how attempts at this endpoint end; the same until it is forgotten. */
    public AttemptObserver observe(EndpointState endpoint) {
        AttemptTally known = departed.remove(endpoint);
        return tallies.computeIfAbsent(endpoint, state -> known != null ? known : new AttemptTally(state, this));
    }

    /** The endpoint is one of the upstream's from now on. */
    public void add(EndpointState endpoint) {
        observe(endpoint);
        ejections.add(endpoint);
    }

    /**
     * The endpoint has left; an ejection ends with it.
     *
     * @param departing those that left and still have attempts in flight, this one included if it has
     */
    public void remove(EndpointState endpoint, Collection<EndpointState> departing) {
        AttemptTally tally = tallies.remove(endpoint);
        if (tally != null) {
            departed.put(endpoint, tally);
        }
        departed.keySet().retainAll(Set.copyOf(departing));
        ejections.remove(endpoint);
    }

    /** Ejections since the upstream is configured. Any thread. */
    public Map<EjectionReason, Long> counts() {
        return ejections.counts();
    }

    /** Compares nothing any more; who is ejected returns. */
    @Override
    public void close() {
        stopTimer();
        ejections.pardon();
        tallies.clear();
    }

    boolean comparesLatency() {
        return config.latencyFactor() > 0;
    }

    /** An endpoint has failed so many times in a row. Any thread; of a row, only the one failure that completes it goes on to the control plane. */
    void onRow(AttemptTally tally, EjectionReason reason, int row) {
        OutlierConfig now = config;
        int most = reason == EjectionReason.CONNECT_FAILURES ? now.connectFailures() : now.gatewayFailures();
        if (row == most) {
            String what = reason == EjectionReason.CONNECT_FAILURES
                    ? " connects failed in a row"
                    : " attempts failed in a row";
            scheduler.execute(() -> eject(tally, reason, row + what));
        }
    }

    /** Where it may not be ejected, its row begins again, so that it is looked at again. */
    private void eject(AttemptTally tally, EjectionReason reason, String text) {
        ejections.eject(tally.endpoint(), reason, text, config);
        tally.beginAnew();
    }

    private void onReturn(EndpointState endpoint) {
        AttemptTally tally = tallies.get(endpoint);
        if (tally != null) {
            tally.beginAnew();
        }
    }

    private void compareLater() {
        stopTimer();
        if (config.successMargin() > 0 || config.latencyFactor() > 0) {
            timer = scheduler.schedule(this::compare, config.interval());
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void compare() {
        List<Conduct> all = tallies.values().stream()
                .map(AttemptTally::take)
                .filter(one -> one.tally().endpoint().standing().fit())
                .toList();
        Comparison.find(all, config).forEach(one -> eject(one.tally(), one.reason(), one.text()));
        compareLater();
    }
}
