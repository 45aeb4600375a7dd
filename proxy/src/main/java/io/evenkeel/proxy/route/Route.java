package io.evenkeel.proxy.route;

import io.evenkeel.balancer.TagSubset;
import io.evenkeel.balancer.Upstream;
import io.evenkeel.config.RouteConfig;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.proxy.affinity.Affinity;
import io.evenkeel.proxy.http.Octets;
import io.evenkeel.proxy.http.PathRewrite;
import io.evenkeel.proxy.ratelimit.RateLimit;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A match and what becomes of a request that fits: the upstream, its pool and time-outs, the rewrite. Immutable. */
public final class Route {

    private final int index;
    private final String name;
    private final Matcher matcher;
    private final Upstream upstream;
    private final UpstreamConfig upstreamConfig;
    private final TagSubset subset;
    private final @Nullable PathRewrite rewrite;
    private final long maxBodyBytes;
    private final int priority;
    private final RouteTimeouts timeouts;
    private final Map<String, String> tags;
    private final Affinity affinity;
    private final @Nullable RateLimit rateLimit;
    private final byte[][] upgrades;
    private final long tunnelIdleNanos;

    Route(int index, RouteConfig config, Upstream upstream, UpstreamConfig upstreamConfig, RouteMemory memory) {
        this.index = index;
        this.name = config.name();
        this.matcher = Matcher.of(config.match());
        this.upstream = upstream;
        this.upstreamConfig = upstreamConfig;
        this.subset = upstream.subset(config.tags(), config.tagsFallback());
        this.rewrite = config.rewritePathPrefix()
                .map(to -> new PathRewrite(config.match().pathPrefix().orElse(""), to))
                .orElse(null);
        this.maxBodyBytes = config.maxBodyBytes().orElse(-1);
        this.priority = config.priority();
        this.timeouts = RouteTimeouts.of(config, upstreamConfig.timeouts());
        this.tags = config.tags();
        this.affinity = memory.affinity(upstreamConfig);
        this.rateLimit = memory.rateLimit(config);
        this.upgrades = upgrades(config, upstreamConfig);
        this.tunnelIdleNanos = config.tunnelIdleTimeout().toNanos();
    }

    /** RFC 9113 §8.6: there is no such thing as an upgrade on the way to an HTTP/2 endpoint. */
    private static byte[][] upgrades(RouteConfig config, UpstreamConfig upstream) {
        return upstream.protocol() == UpstreamConfig.Protocol.HTTP2
                ? new byte[0][]
                : config.upgrades().stream()
                        .map(protocol -> Octets.ascii(protocol.toLowerCase(Locale.ROOT)))
                        .toArray(byte[][]::new);
    }

    /** Its place in the table, from 0. */
    public int index() {
        return index;
    }

    public String name() {
        return name;
    }

    Matcher matcher() {
        return matcher;
    }

    public Upstream upstream() {
        return upstream;
    }

    public UpstreamConfig upstreamConfig() {
        return upstreamConfig;
    }

    /** The endpoints of the upstream that it may be sent to. */
    public TagSubset subset() {
        return subset;
    }

    public @Nullable PathRewrite rewrite() {
        return rewrite;
    }

    /** Most octets of a request body: 0 no limit, −1 what the listener says. */
    public long maxBodyBytes() {
        return maxBodyBytes;
    }

    /** How much it matters when the router is overloaded, 0–9; the lowest are rejected first. */
    public int priority() {
        return priority;
    }

    public RouteTimeouts timeouts() {
        return timeouts;
    }

    /** What its endpoints are to have; none: nothing. */
    public Map<String, String> tags() {
        return tags;
    }

    /** What brings requests back to the same endpoint; the upstream's, over all of its routes. */
    public Affinity affinity() {
        return affinity;
    }

    /** The protocols that a connection may be turned into, in lower case; never written to. */
    public byte[][] upgrades() {
        return upgrades;
    }

    /** Silence in both directions that ends a connection turned into one of them, in nanoseconds; 0: no limit. */
    public long tunnelIdleNanos() {
        return tunnelIdleNanos;
    }

    /** How many requests it takes; null: all. */
    public @Nullable RateLimit rateLimit() {
        return rateLimit;
    }
}
