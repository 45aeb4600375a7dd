package io.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceLabelsTest {

    @Test
    void aServiceWithoutLabelsOfOursTakesPartInNothing() {
        ServiceLabels labels = ServiceLabels.read("vvm", Map.of("traefik.enable", "true", "com.docker.stack", "x"));

        assertThat(labels.upstream()).isEmpty();
        assertThat(labels.settings().enable()).isFalse();
        assertThat(labels.routes()).isEmpty();
        assertThat(labels.problems()).isEmpty();
    }

    @Test
    void theUpstreamOfAnEnabledServiceIsTheServiceUnlessALabelNamesAnother() {
        assertThat(enabled().upstream()).isEqualTo("vvm-1");
        assertThat(enabled("evenkeel.upstream", "vvm").upstream()).isEqualTo("vvm");
    }

    @Test
    void anUpstreamNamedIsEnoughForASourceThatAsksForItButNotWhenDisabledInSoManyWords() {
        assertThat(ServiceLabels.read("a", Map.of("evenkeel.upstream", "vvm")).upstream())
                .isEqualTo("vvm");
        assertThat(ServiceLabels.read("a", Map.of("evenkeel.upstream", "vvm", "evenkeel.enable", "false"))
                        .upstream())
                .isEmpty();
    }

    @Test
    void aServiceThatDrainsHasTheTagOnTopOfItsOthers() {
        LabelConfig drained =
                enabled("evenkeel.drain", "true", "evenkeel.tags", "zone=a").settings();

        assertThat(drained.tagValues()).isEqualTo(Map.of("zone", "a", "drain", "true"));
        assertThat(enabled("evenkeel.drain", "false").settings().tagValues()).isEmpty();
    }

    @Test
    void aServiceThatIsNotEnabledBringsNoRoutes() {
        ServiceLabels labels =
                ServiceLabels.read("a", Map.of("evenkeel.upstream", "vvm", "evenkeel.route.web.path-prefix", "/"));

        assertThat(labels.routes()).isEmpty();
    }

    @Test
    void everyScalarOfARouteFitsOnALabel() {
        RouteConfig route = enabled(
                        "evenkeel.route.web.hosts", "Shop.example.org, *.shop.example.org",
                        "evenkeel.route.web.path-prefix", "/api/",
                        "evenkeel.route.web.methods", "GET,HEAD",
                        "evenkeel.route.web.tags", "role=worker, gpu",
                        "evenkeel.route.web.tags-fallback", "any",
                        "evenkeel.route.web.priority", "7",
                        "evenkeel.route.web.rewrite-path-prefix", "/",
                        "evenkeel.route.web.max-body-bytes", "1MiB",
                        "evenkeel.route.web.idle-timeout", "0s",
                        "evenkeel.route.web.response-head-timeout", "5s",
                        "evenkeel.route.web.upgrades", "websocket,mqtt",
                        "evenkeel.route.web.tunnel-idle-timeout", "2h",
                        "evenkeel.route.web.total-timeout", "1m30s")
                .routes()
                .get(0);

        assertThat(route)
                .isEqualTo(new RouteConfig(
                        "web",
                        new MatchConfig(
                                List.of("shop.example.org", "*.shop.example.org"),
                                Optional.empty(),
                                Optional.of("/api/"),
                                List.of("GET", "HEAD"),
                                List.of()),
                        "vvm-1",
                        Map.of("role", "worker", "gpu", "true"),
                        RouteConfig.TagsFallback.ANY,
                        7,
                        Optional.empty(),
                        Optional.of("/"),
                        OptionalLong.of(1 << 20),
                        Optional.of(Duration.ZERO),
                        Optional.of(Duration.ofSeconds(5)),
                        List.of("websocket", "mqtt"),
                        Duration.ofHours(2),
                        Optional.of(Duration.ofSeconds(90))));
    }

    @Test
    void aTagWithoutAValueIsTrue() {
        assertThat(enabled("evenkeel.tags", "zone=a, primary,k=v=w").settings().tagValues())
                .isEqualTo(Map.of("zone", "a", "primary", "true", "k", "v=w"));
    }

    @Test
    void settingsOfTheUpstreamBecomeAnUpstreamThatAsksForItsLabel() {
        ServiceLabels labels = enabled("evenkeel.balancer.policy", "random", "evenkeel.max-attempts", "1");
        UpstreamConfig upstream = ServiceLabels.upstream("vvm", labels.upstreamSettings());

        assertThat(upstream.balancer().policy()).isEqualTo(BalancerConfig.Policy.RANDOM);
        assertThat(upstream.maxAttempts()).isEqualTo(1);
        assertThat(upstream.endpoints()).containsExactly(new EndpointSourceConfig.SwarmSource(List.of(), "vvm", 0, ""));
        assertThat(upstream.pool())
                .isEqualTo(ServiceLabels.upstream("vvm", Map.of()).pool());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            evenkeel.enabled              | true        | evenkeel.enabled: unknown key (expected: enable)
            evenkeel.weight               | heavy       | evenkeel.weight: heavy (expected: a whole number, 1 to 1000)
            evenkeel.weight               | 0           | evenkeel.weight: 0 (expected: 1 to 1000)
            evenkeel.port                 | 70000       | evenkeel.port: 70000 (expected: 1 to 65535)
            evenkeel.port                 | ''          | evenkeel.port: '' (expected: a whole number, 1 to 65535)
            evenkeel.network              | a b         | evenkeel.network: a b (expected: 1 to 64 letters, digits, '.', '_' or '-')
            evenkeel.upstream             | web/shop    | evenkeel.upstream: web/shop (expected: 1 to 64 letters, digits, '.', '_' or '-')
            evenkeel.balancer.policy      | leastconn   | evenkeel.balancer.policy: leastconn (expected: least-connections, round-robin, random, peak-ewma, ring-hash or maglev)
            evenkeel.balancer.polcy       | random      | evenkeel.balancer.polcy: unknown key (expected: balancer.policy)
            evenkeel.route.web            | /           | evenkeel.route.web: unknown key (expected: route.NAME.KEY)
            evenkeel.rout.web.hosts       | a.example   | evenkeel.rout.web.hosts: unknown key (expected: route.web.hosts)
            evenkeel.route.web.host       | a.example   | evenkeel.route.web.host: unknown key (expected: hosts)
            evenkeel.route.web.hosts      | a.example:80| evenkeel.route.web.hosts[0]: a.example:80 (expected: a host without a port, such as example.org or "*.example.org")
            evenkeel.route.web.hosts      | a.example,  | evenkeel.route.web.hosts[1]: "" (expected: a host without a port, such as example.org or "*.example.org")
            evenkeel.route.web.methods    | get         | evenkeel.route.web.methods[0]: get (expected: a method in upper case, such as GET)
            evenkeel.route.web.path       | api         | evenkeel.route.web.path: api (expected: a path that begins with /, without query and dot segments)
            evenkeel.route.web.idle-timeout | 10        | evenkeel.route.web.idle-timeout: 10 (expected: a duration such as 500ms, 30s or 5m, ≥ 0 s)
            evenkeel.route.w b.path       | /           | evenkeel.route.w b: wrong name of a route (expected: 1 to 64 letters, digits, '.', '_' or '-')
            evenkeel.route.web.rewrite-path-prefix | /   | evenkeel.route.web.rewrite-path-prefix: there is no prefix to replace (expected: path-prefix besides it)
            """)
    void aWrongLabelIsOneLineThatNamesServiceLabelAndWhatWasExpected(String label, String text, String line) {
        ServiceLabels labels = enabled(
                label, text.replace("''", ""), "evenkeel.tags", "kept", "evenkeel.route.other.path-prefix", "/");

        assertThat(labels.problems()).containsExactly("service vvm-1: label " + line.replace("''", "\"\""));
        assertThat(labels.routes()).extracting(RouteConfig::name).containsExactly("other");
        assertThat(labels.settings().tags()).containsExactly("kept");
        assertThat(labels.settings().weight()).isEqualTo(1);
        assertThat(labels.upstreamSettings()).isEmpty();
    }

    @Test
    void groupsThatMayBeLeftOutFitOnLabelsToo() {
        ServiceLabels labels = enabled(
                "evenkeel.health-check.http.path", "/api/check",
                "evenkeel.health-check.interval", "2s",
                "evenkeel.route.web.path-prefix", "/",
                "evenkeel.route.web.rate-limit.requests", "10");
        UpstreamConfig upstream = ServiceLabels.upstream("vvm", labels.upstreamSettings());

        assertThat(upstream.healthCheck().orElseThrow().http().orElseThrow().path())
                .isEqualTo("/api/check");
        assertThat(upstream.healthCheck().orElseThrow().interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(labels.routes().get(0).rateLimit().orElseThrow().requests()).isEqualTo(10);
    }

    @Test
    void whatNeedsASecretFitsOnNoLabel() {
        assertThat(enabled("evenkeel.balancer.sticky.cookie", "lb").problems())
                .singleElement(STRING)
                .contains("evenkeel.balancer.sticky.cookie: unknown key");
    }

    @Test
    void aLabelledLimitWithoutItsCountLeavesTheRouteOut() {
        ServiceLabels labels =
                enabled("evenkeel.route.web.path-prefix", "/", "evenkeel.route.web.rate-limit.burst", "10");

        assertThat(labels.routes()).isEmpty();
        assertThat(labels.problems()).singleElement(STRING).contains("rate-limit.requests: missing");
    }

    @Test
    void aRouteWithPathAndPrefixIsLeftOut() {
        ServiceLabels labels = enabled("evenkeel.route.web.path", "/a", "evenkeel.route.web.path-prefix", "/");

        assertThat(labels.routes()).isEmpty();
        assertThat(labels.problems())
                .containsExactly(
                        "service vvm-1: label evenkeel.route.web.path: given besides path-prefix (expected: one of them)");
    }

    @Test
    void aLabelThatIsNotTrueOrFalseEnablesNothing() {
        ServiceLabels labels = ServiceLabels.read("vvm", Map.of("evenkeel.enable", "yes"));

        assertThat(labels.settings().enable()).isFalse();
        assertThat(labels.problems())
                .containsExactly("service vvm: label evenkeel.enable: yes (expected: true or false)");
    }

    @Test
    void labelsOfTheRebalancerAreNotLookedAt() {
        assertThat(enabled("evenkeel.rebalance.swap", "handoff").problems()).isEmpty();
    }

    @Test
    void controlCharactersDoNotReachALine() {
        assertThat(enabled("evenkeel.x\ny", "1").problems())
                .hasSize(1)
                .allSatisfy(line -> assertThat(line).contains("x?y").doesNotContain("\n"));
    }

    private static ServiceLabels enabled(String... labels) {
        Map<String, String> all = new HashMap<>(Map.of("evenkeel.enable", "true"));
        for (int i = 0; i < labels.length; i += 2) {
            all.put(labels[i], labels[i + 1]);
        }
        return ServiceLabels.read("vvm-1", all);
    }
}
