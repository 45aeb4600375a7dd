package io.evenkeel.proxy.ratelimit;

import io.evenkeel.balancer.policy.LoadBalancer;
import io.evenkeel.config.RateLimitConfig;
import io.evenkeel.proxy.key.HashSeed;
import io.evenkeel.proxy.key.KeyTable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The limit of one route and what each client or key has taken of it. Shared by all event loops, over which it is exact: a bucket is one atomic number.
 * Allocates nothing for keys that it knows; a key that was forgotten begins with a full bucket.
 */
public final class RateLimit {

    private static final class Bucket extends KeyTable.Entry {

        /** When it will be full, in nanoseconds since {@link #beginNanos}. */
        private final AtomicLong fullNanos = new AtomicLong();

        Bucket(long key) {
            super(key);
        }
    }

    private final RateLimitConfig config;
    private final Gcra gcra;
    private final long beginNanos;
    private final HashSeed seed = HashSeed.secret();
    private final Bucket unkeyed = new Bucket(LoadBalancer.NO_KEY);
    private final @Nullable KeyTable<Bucket> buckets;

    /** @param nowNanos now, on the clock that {@link #take} is told */
    public RateLimit(RateLimitConfig config, long nowNanos) {
        this.config = config;
        this.gcra = new Gcra(config);
        this.beginNanos = nowNanos;
        this.buckets = config.key().isPresent() ? new KeyTable<>(config.maxKeys()) : null;
    }

    /**
     * Takes one request, if the limit allows.
     *
     * @param key what is counted apart, or {@link LoadBalancer#NO_KEY}
     * @return 0, or in how many nanoseconds the limit would allow it
     */
    long take(long key, long nowNanos) {
        return gcra.take(bucket(key).fullNanos, Math.max(0, nowNanos - beginNanos));
    }

    private Bucket bucket(long key) {
        if (key == LoadBalancer.NO_KEY || buckets == null) {
            return unkeyed;
        }
        Bucket known = buckets.find(key);
        return known != null ? known : buckets.add(new Bucket(key));
    }

    public RateLimitConfig config() {
        return config;
    }

    /** Of the keys. */
    HashSeed seed() {
        return seed;
    }
}
