package io.evenkeel.config;

import java.util.List;
import java.util.Optional;

/**
 * A named group of interchangeable endpoints.
 *
 * @param name what routes, logs and metrics call it. Name, required.
 * @param balancer how an endpoint is picked.
 * @param endpoints where its endpoints come from; at least one source, all of them merged.
 * @param merge how what several sources say becomes one set.
 * @param protocol what its endpoints speak. http1 or http2, default http1. gRPC needs http2. With protocol tcp on the listener it does not matter.
 * @param tls how connections to its endpoints are encrypted.
 * @param maxStreams requests under way at once on one HTTP/2 connection. Count, 1 to 10000, default 100. The endpoint's own limit holds too.
 * @param proxyProtocol tells endpoints the client's address by the PROXY protocol. off, v1 or v2, default off. A connection then serves one client only.
 * @param pool connections to its endpoints.
 * @param healthCheck how its endpoints are checked; none: not at all.
 * @param outlierDetection which endpoints are ejected for how they answer.
 * @param timeouts how long its endpoints are waited for.
 * @param maxAttempts tries of one exchange. Count, 1 to 10, default 3. Only what is safe to repeat is tried again. More
 *     hides more failures and adds load when endpoints are weak; 1 never retries.
 * @param retry what is tried again, and how much of it.
 * @param circuitBreaker how much is given to the upstream at once.
 * @param drain how endpoints are left.
 */
public record UpstreamConfig(
        @Knob(format = TextFormat.NAME, need = Knob.Need.ESSENTIAL) String name,
        @Knob BalancerConfig balancer,
        @Knob(atLeast = 1, need = Knob.Need.ESSENTIAL) List<EndpointSourceConfig> endpoints,
        @Knob MergeConfig merge,
        @Knob(byDefault = "http1", need = Knob.Need.FREQUENT) Protocol protocol,
        @Knob(need = Knob.Need.FREQUENT) UpstreamTlsConfig tls,
        @Knob(byDefault = "100", min = "1", max = "10000") int maxStreams,
        @Knob(byDefault = "off") ProxyProtocol proxyProtocol,
        @Knob PoolConfig pool,
        @Knob(need = Knob.Need.FREQUENT) Optional<HealthCheckConfig> healthCheck,
        @Knob OutlierConfig outlierDetection,
        @Knob UpstreamTimeouts timeouts,
        @Knob(byDefault = "3", min = "1", max = "10") int maxAttempts,
        @Knob RetryConfig retry,
        @Knob CircuitBreakerConfig circuitBreaker,
        @Knob DrainConfig drain) {

    /** An upstream of these endpoints with everything else at its default. */
    public static UpstreamConfig of(String name, List<EndpointSourceConfig> endpoints) {
        return of(name, BalancerConfig.defaults(), endpoints);
    }

    /** The same, balanced so. */
    public static UpstreamConfig of(String name, BalancerConfig balancer, List<EndpointSourceConfig> endpoints) {
        return new UpstreamConfig(
                name,
                balancer,
                endpoints,
                MergeConfig.defaults(),
                Protocol.HTTP1,
                UpstreamTlsConfig.defaults(),
                100,
                ProxyProtocol.OFF,
                PoolConfig.defaults(),
                Optional.empty(),
                OutlierConfig.defaults(),
                UpstreamTimeouts.defaults(),
                3,
                RetryConfig.defaults(),
                CircuitBreakerConfig.defaults(),
                DrainConfig.defaults());
    }

    /** What endpoints speak. */
    public enum Protocol {
        HTTP1,
        HTTP2
    }

    /** The version of the PROXY protocol. */
    public enum ProxyProtocol {
        OFF,
        V1,
        V2
    }

    /** Keeps its own copy of the list. */
    public UpstreamConfig {
        endpoints = List.copyOf(endpoints);
    }
}
