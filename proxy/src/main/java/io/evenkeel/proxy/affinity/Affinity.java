package io.evenkeel.proxy.affinity;

import io.evenkeel.balancer.UpstreamSnapshot;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.config.BalancerConfig;
import io.evenkeel.config.HashKeyConfig;
import io.evenkeel.config.StickTableConfig;
import io.evenkeel.config.StickyConfig;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.proxy.key.HashSeed;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What brings requests back to the same endpoints of one upstream, as configured, and what is remembered for it: cookies of endpoints, learned keys.
 * Shared by all event loops, none of which waits for another.
 */
public final class Affinity {

    private final String upstream;
    private final @Nullable HashKeyConfig key;
    private final @Nullable StickyConfig sticky;
    private final @Nullable StickyCookies cookies;
    private final @Nullable LearnedKeys learned;
    private final HashSeed seed;
    private final long drainNanos;

    /** Publishes the endpoints of the latest snapshot that was asked for; whichever event loop comes first writes, all read. */
    private volatile EndpointIndex index;

    private Affinity(UpstreamConfig config, @Nullable Affinity before) {
        BalancerConfig balancer = config.balancer();
        upstream = config.name();
        key = balancer.policy().hashes() ? balancer.key().orElse(null) : null;
        sticky = balancer.sticky().orElse(null);
        learned = learned(balancer.stickTable().orElse(null), before);
        drainNanos = config.drain().sticky().toNanos();
        if (before != null && Objects.equals(before.sticky, sticky)) {
            cookies = before.cookies;
            seed = before.seed;
            index = before.index;
        } else {
            cookies = sticky == null ? null : new StickyCookies(sticky, upstream);
            seed = HashSeed.secret();
            index = new EndpointIndex(List.of(), cookies, seed, null);
        }
    }

    /** @param before of the same upstream, whose cookies and learned keys are kept where nothing about them changes; null: there is none */
    public static Affinity of(UpstreamConfig config, @Nullable Affinity before) {
        return new Affinity(config, before);
    }

    private static @Nullable LearnedKeys learned(@Nullable StickTableConfig wanted, @Nullable Affinity before) {
        if (wanted == null) {
            return null;
        }
        LearnedKeys known = before == null ? null : before.learned;
        return known != null && known.config().equals(wanted) ? known : new LearnedKeys(wanted);
    }

    /** The endpoints of this snapshot. Made once per set of endpoints, by the first request that asks. */
    @SuppressWarnings("ReferenceEquality") // a snapshot of the same endpoints has the same list
    EndpointIndex index(UpstreamSnapshot snapshot) {
        EndpointIndex known = index;
        if (known.endpoints() != snapshot.endpoints()) {
            known = new EndpointIndex(snapshot.endpoints(), cookies, seed, known);
            index = known;
        }
        return known;
    }

    /** Whether a request that belongs to this endpoint may be sent there: it is fit, or none is, and it does not drain for too long. */
    boolean admits(EndpointState endpoint, UpstreamSnapshot snapshot, long nowNanos) {
        return (endpoint.standing().fit() || snapshot.panicking())
                && (!endpoint.draining() || nowNanos - endpoint.drainingSinceNanos() < drainNanos);
    }

    /** The name of the upstream. */
    public String upstream() {
        return upstream;
    }

    /** What the policy hashes; null where it does not. */
    @Nullable
    HashKeyConfig key() {
        return key;
    }

    @Nullable
    StickyConfig sticky() {
        return sticky;
    }

    @Nullable
    StickyCookies cookies() {
        return cookies;
    }

    @Nullable
    LearnedKeys learned() {
        return learned;
    }

    /** The keys that endpoints made known; null where none are learned. */
    public @Nullable StickTable stickTable() {
        return learned == null ? null : learned.table();
    }

    /** Of the hashes by which cookies are found. */
    HashSeed seed() {
        return seed;
    }
}
