package io.evenkeel.proxy.affinity;

import io.evenkeel.balancer.UpstreamSnapshot;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.policy.LoadBalancer;
import io.evenkeel.proxy.http.ClientAddress;
import io.evenkeel.proxy.http.RequestHead;
import io.evenkeel.proxy.http.ResponseHead;
import io.evenkeel.proxy.key.CookiePart;
import io.evenkeel.proxy.key.HashSeed;
import io.evenkeel.proxy.key.KeyHash;
import io.evenkeel.proxy.key.RequestKey;
import io.evenkeel.proxy.key.Span;
import io.evenkeel.proxy.telemetry.TieOutcome;
import io.evenkeel.proxy.telemetry.UpstreamMeter;
import java.net.InetSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An upstream's {@link Affinity} with what one event loop needs to read it out of requests. Event-loop confined; allocates nothing per request. */
public final class LoopAffinity {

    private final Affinity affinity;
    private final UpstreamMeter meter;
    private final @Nullable RequestKey policyKey;
    private final @Nullable RequestKey learnedKey;
    private final @Nullable KeyHash learnedHash;
    private final @Nullable CookiePart cookie;
    private final KeyHash cookieHash;
    private final RequiredTags tags;
    private final Span value = new Span();

    /**
     * @param tags what the route wants its endpoints to have: nothing ties a request to one that has not
     * @param meter counts what ties requests to endpoints
     */
    public LoopAffinity(Affinity affinity, Map<String, String> tags, UpstreamMeter meter) {
        this.affinity = affinity;
        this.tags = new RequiredTags(tags);
        this.meter = meter;
        LearnedKeys learned = affinity.learned();
        policyKey = affinity.key() == null ? null : RequestKey.of(affinity.key(), HashSeed.SHARED, meter::keyAborted);
        learnedKey = learned == null ? null : RequestKey.of(learned.config().key(), learned.seed(), meter::keyAborted);
        learnedHash = learned == null ? null : new KeyHash(learned.seed());
        cookie = affinity.sticky() == null
                ? null
                : new CookiePart(affinity.sticky().cookie());
        cookieHash = new KeyHash(affinity.seed());
    }

    /** What the policy hashes; {@link LoadBalancer#NO_KEY} where it does not, or the request has none. */
    public long key(RequestHead head, ClientAddress client) {
        return policyKey == null ? LoadBalancer.NO_KEY : policyKey.of(head, client);
    }

    /** Whether anything can tie a request to an endpoint. */
    public boolean ties() {
        return learnedKey != null || cookie != null;
    }

    /** The endpoint that the key in this request was learned from, if it may be sent there; null: none. */
    public @Nullable EndpointState learned(
            RequestHead head, ClientAddress client, UpstreamSnapshot snapshot, long nowNanos) {
        LearnedKeys keys = affinity.learned();
        long key = learnedKey == null ? LoadBalancer.NO_KEY : learnedKey.of(head, client);
        if (keys == null || key == LoadBalancer.NO_KEY) {
            return null;
        }
        InetSocketAddress address = keys.table().find(key, nowNanos);
        if (address == null) {
            meter.tied(TieOutcome.KEY_UNKNOWN);
            return null;
        }
        EndpointState endpoint = affinity.index(snapshot).at(address);
        boolean usable = endpoint != null && admits(endpoint, snapshot, nowNanos);
        meter.tied(usable ? TieOutcome.KEY_HIT : TieOutcome.KEY_LOST);
        return usable ? endpoint : null;
    }

    /** The endpoint that the cookie in this request leads to, if it may be sent there; null: none. */
    public @Nullable EndpointState sticky(RequestHead head, UpstreamSnapshot snapshot, long nowNanos) {
        if (cookie == null) {
            return null;
        }
        if (!cookie.find(head, value)) {
            meter.tied(TieOutcome.COOKIE_NEW);
            return null;
        }
        long hash = cookieHash.of(value.bytes(), value.start(), value.end());
        EndpointState endpoint = affinity.index(snapshot).find(hash, value.bytes(), value.start(), value.end());
        boolean usable = endpoint != null && admits(endpoint, snapshot, nowNanos);
        meter.tied(usable ? TieOutcome.COOKIE_HIT : unusable(endpoint));
        return usable ? endpoint : null;
    }

    private boolean admits(EndpointState endpoint, UpstreamSnapshot snapshot, long nowNanos) {
        return affinity.admits(endpoint, snapshot, nowNanos)
                && tags.in(affinity.index(snapshot).tags(endpoint));
    }

    private TieOutcome unusable(@Nullable EndpointState endpoint) {
        StickyCookies cookies = affinity.cookies();
        boolean genuine =
                endpoint != null || (cookies != null && cookies.genuine(value.bytes(), value.start(), value.end()));
        return genuine ? TieOutcome.COOKIE_LOST : TieOutcome.COOKIE_FORGED;
    }

    /** The {@code Set-Cookie} line that leads back to this endpoint; null where cookies do not lead to endpoints, or it has left. */
    public byte @Nullable [] fieldLine(EndpointState endpoint, UpstreamSnapshot snapshot) {
        return cookie == null ? null : affinity.index(snapshot).fieldLine(endpoint);
    }

    /** Learns from the body that follows this head; null where there is nothing to learn. */
    public @Nullable Learning learning(ResponseHead head, EndpointState endpoint) {
        LearnedKeys keys = affinity.learned();
        return keys != null && learnedHash != null && Learning.canLearnFrom(head)
                ? new Learning(keys, learnedHash, endpoint, head)
                : null;
    }
}
