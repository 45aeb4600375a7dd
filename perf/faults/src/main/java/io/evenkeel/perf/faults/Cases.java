package io.evenkeel.perf.faults;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cases by name. */
final class Cases {

    /** Mean service time, ms: that of a query that hits a cache here and a disk there. */
    static final double SERVICE_MILLIS = 10;

    /** Requests an endpoint serves at a time where capacity is not the question. */
    static final int WORKERS = 64;

    /** Requests per second: keeps two endpoints' worth of a small machine's core idle, and ten requests in flight. */
    static final double RATE = 1000;

    /** How much worse than before a fault may be called normal: the noise of a p99 over a second's requests. */
    static final double NOISE = 1.5;

    private static final Map<String, FaultCase> ALL = new LinkedHashMap<>();

    static {
        ALL.put("killed", new Killed());
        ALL.put("black-holed", new BlackHoled());
        ALL.put("slow", new OneSlow(true));
        ALL.put("slow-peak-ewma", new OneSlow(true));
        ALL.put("slow-round-robin", new OneSlow(false));
        ALL.put("outage", new Outage(Mode.RESET_AFTER_HEAD));
        ALL.put("refused", new Outage(Mode.REFUSE));
        ALL.put("overload", new Overload());
        ALL.put("silent", new OneFaulty(Mode.SILENT));
        ALL.put("flap", new OneFaulty(Mode.FLAP));
        ALL.put("resets", new OneFaulty(Mode.RESET_IN_HEAD));
        ALL.put("garbage", new OneFaulty(Mode.GARBAGE));
        ALL.put("lies", new OneFaulty(Mode.TOO_SHORT));
        ALL.put("busy", new OneFaulty(Mode.BUSY));
    }

    private Cases() {}

    static @Nullable FaultCase named(String name) {
        return ALL.get(name);
    }
}
