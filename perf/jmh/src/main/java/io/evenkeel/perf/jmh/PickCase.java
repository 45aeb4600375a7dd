package io.evenkeel.perf.jmh;

import io.evenkeel.config.BalancerConfig;
import io.evenkeel.config.ConfigFile;
import io.evenkeel.discovery.Endpoint;
import java.util.Map;
import java.util.Optional;

/** A way to pick endpoints, and endpoints that fit it. */
public enum PickCase {
    LEAST_CONNECTIONS("policy: least-connections"),
    ROUND_ROBIN("policy: round-robin"),
    RANDOM("policy: random"),
    PEAK_EWMA("policy: peak-ewma"),
    RING_HASH("policy: ring-hash, key: { header: x }"),
    RING_HASH_UNBOUNDED("policy: ring-hash, key: { header: x }, bound-percent: 0"),
    MAGLEV("policy: maglev, key: { header: x }"),
    MAGLEV_UNBOUNDED("policy: maglev, key: { header: x }, bound-percent: 0"),
    WEIGHTED_LEAST_CONNECTIONS("policy: least-connections"),
    WEIGHTED_ROUND_ROBIN("policy: round-robin"),
    WEIGHTED_RANDOM("policy: random"),
    SUBSET("policy: least-connections"),
    ZONE("locality: { prefer: zone }"),
    PRIORITIES("priorities: [{ role: worker }]");

    private final String yaml;

    PickCase(String yaml) {
        this.yaml = yaml;
    }

    BalancerConfig config() {
        String file =
                """
                listeners: [{ name: web, address: "127.0.0.1:0" }]
                runtime: { zone: a }
                upstreams: [{ name: vvm, balancer: { %s }, endpoints: [{ static: ["127.0.0.1:1"] }] }]
                """
                        .formatted(yaml);
        return ConfigFile.parse("benchmark", file, name -> null)
                .orThrow()
                .upstreams()
                .get(0)
                .balancer();
    }

    Endpoint endpoint(int number) {
        boolean even = number % 2 == 0;
        Endpoint plain = Addresses.endpoint(number);
        int weight = even && name().startsWith("WEIGHTED") ? 2 : 1;
        Map<String, String> tags = even ? Map.of("role", "worker", "zone", "a") : Map.of();
        return new Endpoint(plain.address(), weight, Optional.empty(), tags, plain.health());
    }

    /** What a request asks for. */
    Map<String, String> tags() {
        return this == SUBSET ? Map.of("role", "worker") : Map.of();
    }
}
