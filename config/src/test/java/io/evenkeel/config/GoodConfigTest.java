package io.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoodConfigTest {

    static List<Examples.Example> good() {
        return Examples.good();
    }

    private static RouterConfig good(String name) {
        return Examples.good().stream()
                .filter(example -> example.name().equals(name))
                .findFirst()
                .map(example -> Examples.load(example.yaml()).orThrow())
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("good")
    void everyGoodExampleLoads(Examples.Example example) {
        assertThat(Examples.load(example.yaml()).orThrow().listeners()).isNotEmpty();
    }

    @Test
    void keysLeftOutHaveTheirDefaults() {
        RouterConfig config = good("the least");

        assertThat(config.admin()).isEqualTo(new AdminConfig(new HostPort("127.0.0.1", 9901), Optional.empty()));
        assertThat(config.runtime()).isEqualTo(new RuntimeConfig(0, RuntimeConfig.Transport.AUTO, "", "", ""));
        assertThat(config.routes()).isEmpty();
        assertThat(config.accessLog())
                .isEqualTo(new AccessLogConfig(AccessLogConfig.Format.OFF, Optional.empty(), 1 << 20));
        assertThat(config.shutdown()).isEqualTo(new ShutdownConfig(Duration.ZERO, Duration.ofSeconds(30)));
        ListenerConfig web = config.listeners().get(0);
        assertThat(web.backlog()).isEqualTo(4096);
        assertThat(web.limits())
                .isEqualTo(new ListenerLimits(16 << 10, 100, 8 << 10, 1L << 30, 240, 64 << 10, 100_000, 30_000, 0));
        assertThat(web.timeouts()).isEqualTo(ListenerTimeouts.defaults());
        assertThat(web.forwarding()).isEqualTo(new ForwardingConfig(List.of(), true, true, true, true, true));
    }

    @Test
    void timeoutsAndPoolsHaveTheirDefaults() {
        assertThat(ListenerTimeouts.defaults())
                .isEqualTo(new ListenerTimeouts(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(75),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1)));
        assertThat(UpstreamTimeouts.defaults())
                .isEqualTo(new UpstreamTimeouts(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60),
                        Duration.ZERO));
        assertThat(PoolConfig.defaults())
                .isEqualTo(new PoolConfig(
                        1024,
                        1024,
                        1024,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(10),
                        32 << 10));
        assertThat(BalancerConfig.defaults().policy()).isEqualTo(BalancerConfig.Policy.LEAST_CONNECTIONS);
    }

    @Test
    void everyKeyReachesItsRecord() {
        RouterConfig config = good("every key");
        ListenerConfig web = config.listeners().get(0);
        RouteConfig api = config.routes().get(0);

        assertThat(config.admin().address()).isEqualTo(new HostPort("::1", 0));
        assertThat(config.runtime())
                .isEqualTo(new RuntimeConfig(2, RuntimeConfig.Transport.IO_URING, "edge-1", "", ""));
        assertThat(web.address()).isEqualTo(new HostPort("fe80::1%eth0", 8080));
        assertThat(web.limits()).isEqualTo(new ListenerLimits(32 << 10, 200, 8000, 0, 1024, 1 << 20, 1000, 0, 1000));
        assertThat(web.timeouts().bodyRateGrace()).isEqualTo(Duration.ofSeconds(90));
        assertThat(web.forwarding().trustedProxies())
                .extracting(Cidr::toString)
                .containsExactly("10.0.0.0/8", "192.0.2.1/32", "fd00:0:0:0:0:0:0:0/8");
        assertThat(api.match())
                .isEqualTo(new MatchConfig(
                        List.of("example.org", "*.example.org"),
                        Optional.empty(),
                        Optional.of("/api/"),
                        List.of("GET", "POST"),
                        List.of(new HeaderMatch("X-A", Optional.of("b")), new HeaderMatch("X-B", Optional.empty()))));
        assertThat(api.maxBodyBytes()).isEqualTo(OptionalLong.of(10 << 20));
        assertThat(api.responseHeadTimeout()).contains(Duration.ZERO);
        assertThat(api.totalTimeout()).contains(Duration.ofDays(1));
    }

    @Test
    void mappingsOfTagsKeepTheOrderOfTheFile() {
        RouterConfig config = good("calm");

        assertThat(config.routes().get(0).tags()).containsExactly(Map.entry("role", "worker"), Map.entry("zone", "a"));
        assertThat(config.upstreams().get(0).balancer().priorities())
                .containsExactly(Map.of("tier", "first"), Map.of("tier", "second", "gpu", "true"));
        assertThat(config.upstreams().get(0).endpoints().get(0))
                .isEqualTo(new EndpointSourceConfig.EndpointSource(
                        new HostPort("127.0.0.1", 1), 3, "n1", Map.of("tier", "first", "az", "a")));
    }

    @Test
    void whatTellsRequestsApartIsOneOfSeveral() {
        RouterConfig config = good("calm");

        assertThat(config.upstreams().get(1).balancer().key()).contains(new HashKeyConfig.Header("X-Workspace"));
        assertThat(config.routes().get(0).rateLimit().orElseThrow().key())
                .contains(new HashKeyConfig.ClientAddress(24, 64));
        assertThat(config.upstreams()
                        .get(0)
                        .balancer()
                        .stickTable()
                        .orElseThrow()
                        .key())
                .isEqualTo(new HashKeyConfig.PathGroup(List.of("/notifications/([^/]+)")));
    }

    @Test
    void sourcesKeepTheirOrderAndLowerCase() {
        assertThat(good("every key").upstreams().get(0).endpoints())
                .containsExactly(
                        new EndpointSourceConfig.StaticSource(
                                List.of(new HostPort("vvm.example.org", 1), new HostPort("::1", 65535))),
                        new EndpointSourceConfig.DnsSource(
                                "_http._tcp.vvm.",
                                0,
                                EndpointSourceConfig.RecordType.SRV,
                                Duration.ofMillis(100),
                                Duration.ofMillis(10),
                                List.of(new HostPort("127.0.0.11", 53))));
    }

    @Test
    void aRouteWithoutANameIsNamedByItsFirstHostAndPath() {
        assertThat(good("the example of the design").routes())
                .extracting(RouteConfig::name)
                .containsExactly("metrics.example.org/prometheus/", "*/");
        assertThat(good("every key").routes()).extracting(RouteConfig::name).containsExactly("api", "*/exact");
    }

    @Test
    void variablesAreFilledInBeforeValuesAreRead() {
        ListenerConfig web = good("quoted numbers and variables").listeners().get(0);

        assertThat(web.address().port()).isEqualTo(8080);
        assertThat(web.backlog()).isEqualTo(16);
        assertThat(web.limits().maxFields()).isEqualTo(50);
    }

    @Test
    void aRecordKeepsItsOwnCopyOfAList() {
        List<String> hosts = new ArrayList<>(List.of("a"));
        MatchConfig match = new MatchConfig(hosts, Optional.empty(), Optional.empty(), List.of(), List.of());

        hosts.add("b");

        assertThat(match.hosts()).containsExactly("a");
    }
}
