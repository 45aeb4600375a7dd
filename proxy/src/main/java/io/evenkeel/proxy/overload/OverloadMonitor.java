package io.evenkeel.proxy.overload;

import io.evenkeel.config.OverloadConfig;
import io.evenkeel.config.RouteConfig;
import io.evenkeel.config.RouterConfig;
import io.evenkeel.proxy.telemetry.OverloadStatus;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures what the router uses of each {@link Resource} and eases its load step by step: first no connection is accepted, then every response ends its
 * connection, then requests are turned away, those on routes of the lowest priority first.
 *
 * <p><b>Threading.</b> Measures on a thread of its own; the public methods may be called from any.
 */
public final class OverloadMonitor implements AutoCloseable {

    /** 100 ms: ten times a second, so that a connection flood of some thousand a second is noticed within some hundred. */
    private static final long INTERVAL_MILLIS = 100;

    /** 2 s: a measurement takes some microseconds. */
    private static final long CLOSE_MILLIS = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(OverloadMonitor.class);
    private static final double PERCENT = 100;

    private final OverloadState state;
    private final Actions actions = new Actions();
    private final Supplier<Map<Resource, Pressure>> resources;
    private final Runnable onMeasured;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("evenkeel-overload", true));

    /** Made by the first measurement, to keep what it takes out of the start. Confined to the monitor's thread. */
    private Map<Resource, Pressure> made = Map.of();

    /** Publishes what the configuration says; {@link #configure} writes, the monitor reads. */
    private volatile Settings settings;

    /** Publishes the last measurement; the monitor writes, scrapes read. Never modified once published. */
    private volatile Map<Resource, Double> shares = new EnumMap<>(Resource.class);

    private record Settings(OverloadConfig limits, List<Integer> priorities) {

        static Settings of(RouterConfig config) {
            return new Settings(
                    config.overload(),
                    config.routes().stream()
                            .map(RouteConfig::priority)
                            .sorted()
                            .distinct()
                            .toList());
        }
    }

    /**
     * @param state where the actions are put in force
     * @param resources makes what is watched; called once, on the monitor's thread
     * @param onMeasured run on the monitor's thread after each measurement: what listening sockets go by may have changed
     */
    public OverloadMonitor(
            RouterConfig config,
            OverloadState state,
            Supplier<Map<Resource, Pressure>> resources,
            Runnable onMeasured) {
        this.settings = Settings.of(config);
        this.state = state;
        this.resources = resources;
        this.onMeasured = onMeasured;
    }

    /** Begins to measure. */
    public void start() {
        thread.scheduleWithFixedDelay(this::measureSafely, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Goes by another configuration from the next measurement on. */
    public void configure(RouterConfig config) {
        settings = Settings.of(config);
    }

    /** As of the last measurement. */
    public OverloadStatus status() {
        Map<String, Double> pressures = new LinkedHashMap<>();
        shares.forEach((resource, share) -> pressures.put(resource.label(), share));
        Map<String, Boolean> inForce = new LinkedHashMap<>();
        inForce.put("stop_accepting", !state.accepting());
        inForce.put("shorten_keep_alive", state.shortening());
        inForce.put("reject", state.rejectBelow() > 0);
        return new OverloadStatus(pressures, inForce);
    }

    /** Measures no more, when this returns; what is in force stays so. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("overload: a measurement does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A task that throws would be the last: the monitor must outlive what it is there for. */
    @SuppressWarnings("CatchingUnchecked")
    private void measureSafely() {
        try {
            if (made.isEmpty()) {
                made = resources.get();
            }
            measure(made);
        } catch (RuntimeException | Error e) {
            LOG.error("overload: cannot measure", e);
        }
    }

    private void measure(Map<Resource, Pressure> all) {
        Settings now = settings;
        long acceptedBefore = state.accepted();
        Map<Resource, Double> measured = new EnumMap<>(Resource.class);
        all.forEach((resource, pressure) -> measured.put(resource, pressure.share(now.limits())));
        shares = measured;
        Resource scarcest = Resource.HEAP;
        for (Map.Entry<Resource, Double> each : measured.entrySet()) {
            if (each.getValue() > measured.getOrDefault(scarcest, 0.0)) {
                scarcest = each.getKey();
            }
        }
        double percent = measured.getOrDefault(scarcest, 0.0) * PERCENT;
        actions.update(percent, now.limits(), now.priorities(), System.nanoTime());
        publish(Math.round(percent) + " % (" + scarcest + ")");
        state.admit(acceptedBefore, room(all, now.limits()));
        onMeasured.run();
    }

    /** How many connections may be accepted before the pressure is such that none is accepted. */
    private long room(Map<Resource, Pressure> all, OverloadConfig limits) {
        long room = Integer.MAX_VALUE;
        for (Pressure pressure : all.values()) {
            room = Math.min(room, pressure.room(limits, limits.stopAcceptingAt()));
        }
        return room;
    }

    private void publish(String pressure) {
        boolean wasAccepting = !state.stopped();
        boolean wasShortening = state.shortening();
        int wasRejecting = state.rejectBelow();
        state.publish(actions.accepting(), actions.shortening(), actions.rejectBelow());
        if (wasAccepting != actions.accepting()) {
            log(!actions.accepting(), pressure, "no connection is accepted", "connections are accepted again");
        }
        if (wasShortening != actions.shortening()) {
            log(actions.shortening(), pressure, "every response ends its connection", "connections are kept again");
        }
        if (wasRejecting != actions.rejectBelow()) {
            String rejected =
                    "requests on routes of priority " + (actions.rejectBelow() - 1) + " and less are rejected";
            log(actions.rejectBelow() > 0, pressure, rejected, "no request is rejected any more");
        }
    }

    private static void log(boolean inForce, String pressure, String what, String whatNoMore) {
        if (inForce) {
            LOG.warn("overload: pressure {}: {}", pressure, what);
        } else {
            LOG.info("overload: pressure {}: {}", pressure, whatNoMore);
        }
    }
}
