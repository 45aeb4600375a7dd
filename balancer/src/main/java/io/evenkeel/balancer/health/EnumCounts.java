package io.evenkeel.balancer.health;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** A counter for each constant of an enum. Any thread. */
public final class EnumCounts<K extends Enum<K>> {

    private final Class<K> type;
    private final Map<K, AtomicLong> counts;

    public EnumCounts(Class<K> type) {
        this.type = type;
        this.counts = new EnumMap<>(type);
        for (K each : type.getEnumConstants()) {
            counts.put(each, new AtomicLong());
        }
    }

    void count(K what) {
        Objects.requireNonNull(counts.get(what)).incrementAndGet();
    }

    /** As they are now, those that are 0 included. */
    public Map<K, Long> read() {
        Map<K, Long> now = new EnumMap<>(type);
        counts.forEach((each, count) -> now.put(each, count.get()));
        return now;
    }
}
