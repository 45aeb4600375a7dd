package io.evenkeel.discovery.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.BalancerConfig;
import io.evenkeel.config.ConfigFile;
import io.evenkeel.config.EndpointSourceConfig.SwarmSource;
import io.evenkeel.config.Environment;
import io.evenkeel.config.RouteConfig;
import io.evenkeel.config.RouterConfig;
import io.evenkeel.config.SwarmConfig;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.discovery.NodeRegistry;
import io.evenkeel.discovery.testing.FakeSwarm;
import io.evenkeel.discovery.testing.VirtualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LabelledConfigTest {

    private static final String FILE =
            """
            listeners: [{ name: web, address: 127.0.0.1:8080, protocol: http }]
            routes:
              - { name: first, match: { path-prefix: /metrics/ }, upstream: prometheus }
            upstreams:
              - { name: prometheus, endpoints: [{ static: [127.0.0.1:9090] }] }
            """;

    private final FakeSwarm swarm = new FakeSwarm();

    @Test
    void sixServicesWithTheSameLabelsAreOneUpstreamAndOneRoute() {
        for (int i = 1; i <= 6; i++) {
            service(
                    "vvm-" + i,
                    "evenkeel.upstream",
                    "vvm",
                    "evenkeel.port",
                    "8822",
                    "evenkeel.route.vvm.path-prefix",
                    "/");
        }
        LabelledConfig labels = labels();

        assertThat(labels.problems()).isEmpty();
        assertThat(labels.routes()).extracting(RouteConfig::name).containsExactly("vvm");
        assertThat(labels.upstreams()).hasSize(1);
        assertThat(labels.upstreams().get(0).name()).isEqualTo("vvm");
        assertThat(labels.upstreams().get(0).endpoints()).containsExactly(new SwarmSource(List.of(), "vvm", 0, ""));
    }

    @Test
    void aServiceThatIsNotEnabledAddsNothing() {
        swarm.service("vvm", 1, "evenkeel.upstream", "vvm", "evenkeel.route.vvm.path-prefix", "/");

        assertThat(labels()).isEqualTo(LabelledConfig.NONE);
    }

    @Test
    void settingsThatContradictEachOtherAreOneLineThatNamesBothAndTheFirstCounts() {
        service("vvm-2", "evenkeel.upstream", "vvm", "evenkeel.balancer.policy", "random");
        service("vvm-1", "evenkeel.upstream", "vvm", "evenkeel.balancer.policy", "round-robin");
        service("vvm-3", "evenkeel.upstream", "vvm");

        assertThat(labels().problems())
                .containsExactly("services vvm-1 and vvm-2: label evenkeel.balancer.policy: round-robin and random"
                        + " (expected: the same; that of vvm-1 counts)");
        assertThat(labels().upstreams().get(0).balancer().policy()).isEqualTo(BalancerConfig.Policy.ROUND_ROBIN);
    }

    @Test
    void routesOfOneNameThatDifferAreOneLineThatNamesBothAndTheFirstCounts() {
        service("a", "evenkeel.route.web.path-prefix", "/a/");
        service("b", "evenkeel.route.web.path-prefix", "/b/");

        assertThat(labels().problems())
                .containsExactly("services a and b: label evenkeel.route.web: not the same route"
                        + " (expected: the same; that of a counts)");
        assertThat(labels().routes()).extracting(RouteConfig::upstream).containsExactly("a");
    }

    @Test
    void aWrongLabelCostsItsRouteAndNothingElse() {
        service("a", "evenkeel.route.good.path-prefix", "/a/", "evenkeel.route.bad.path-prefx", "/b/");

        assertThat(labels().routes()).extracting(RouteConfig::name).containsExactly("good");
        assertThat(labels().problems())
                .containsExactly("service a: label evenkeel.route.bad.path-prefx: unknown key (expected: path-prefix)");
    }

    @Test
    void theMostSpecificRouteComesFirst() {
        route("none");
        route("short", "path-prefix", "/a/");
        route("long", "path-prefix", "/a/b/");
        route("methods", "path-prefix", "/a/", "methods", "GET");
        route("exact", "path", "/a");
        route("wild", "hosts", "*.example.org");
        route("wilder", "hosts", "*.org,exact.example.org");
        route("host", "hosts", "a.example.org");
        route("host-path", "hosts", "a.example.org", "path-prefix", "/a/");
        route("z-host", "hosts", "b.example.org");

        assertThat(labels().routes())
                .extracting(RouteConfig::name)
                .containsExactly(
                        "host-path", "host", "z-host", "wild", "wilder", "exact", "long", "methods", "short", "none");
    }

    @Test
    void theFilesRoutesComeFirstAndTheRestOfTheFileStays() {
        service("vvm", "evenkeel.route.all.path", "/metrics/");
        LabelledConfig.Merged merged = labels().with(file());

        assertThat(merged.config().routes()).extracting(RouteConfig::name).containsExactly("first", "all");
        assertThat(merged.config().upstreams()).extracting(UpstreamConfig::name).containsExactly("prometheus", "vvm");
        assertThat(merged.config().listeners()).isEqualTo(file().listeners());
        assertThat(merged.problems()).isEmpty();
    }

    @Test
    void theFileWinsWhereNamesClash() {
        service("prometheus", "evenkeel.route.first.path", "/x", "evenkeel.route.own.path", "/y");
        LabelledConfig.Merged merged = labels().with(file());

        assertThat(merged.config().upstreams()).isEqualTo(file().upstreams());
        assertThat(merged.config().routes()).extracting(RouteConfig::name).containsExactly("first", "own");
        assertThat(merged.problems())
                .containsExactly(
                        "label evenkeel.route.first: the configuration file has a route of this name, which counts"
                                + " (expected: a name of its own)");
    }

    @Test
    void aRouteToAnUpstreamThatNobodyHasIsLeftOut() {
        service("vvm", "evenkeel.route.a.upstream", "prometheus", "evenkeel.route.b.upstream", "nobody");
        LabelledConfig.Merged merged = labels().with(file());

        assertThat(merged.config().routes()).extracting(RouteConfig::name).containsExactly("first", "a");
        assertThat(merged.problems()).singleElement().asString().contains("evenkeel.route.b.upstream: nobody is not");
    }

    @Test
    void noLabelsLeaveTheFileAsItIs() {
        assertThat(LabelledConfig.NONE.with(file()).config()).isEqualTo(file());
    }

    @Test
    void labelsAreFollowedAndToldOnlyWhenTheyChange() {
        VirtualScheduler scheduler = new VirtualScheduler();
        ScriptedSwarm client = new ScriptedSwarm(swarm);
        SwarmSources sources = new SwarmSources(
                scheduler, new SplittableRandom(1), new NodeRegistry(scheduler, event -> {}), config -> client);
        List<LabelledConfig> told = new ArrayList<>();
        SwarmLabels labels = new SwarmLabels(sources, SwarmConfig.defaults(), scheduler, told::add);
        service("vvm", "evenkeel.port", "80");

        labels.start();
        scheduler.advance(Duration.ofMinutes(5));
        assertThat(told).hasSize(1);

        client.trouble = "no leader";
        scheduler.advance(Duration.ofMinutes(5));
        assertThat(told).hasSize(1);

        client.trouble = null;
        service("vvm", "evenkeel.port", "80", "evenkeel.route.vvm.path-prefix", "/");
        scheduler.advance(Duration.ofSeconds(17));
        assertThat(told).hasSize(2);
        assertThat(told.get(1).routes()).hasSize(1);

        swarm.without("vvm");
        client.event();
        scheduler.advance(Emptiness.HOLD.minusSeconds(1));
        assertThat(told).hasSize(2);
        scheduler.advance(Duration.ofSeconds(20));
        assertThat(told).hasSize(3);
        assertThat(told.get(2)).isEqualTo(LabelledConfig.NONE);

        labels.close();
        assertThat(client.closed).isTrue();
    }

    private void route(String name, String... keys) {
        String[] labels = new String[keys.length];
        for (int i = 0; i < keys.length; i += 2) {
            labels[i] = "evenkeel.route." + name + "." + keys[i];
            labels[i + 1] = keys[i + 1];
        }
        service(name, keys.length == 0 ? new String[] {"evenkeel.route." + name + ".idle-timeout", "1s"} : labels);
    }

    private void service(String name, String... labels) {
        swarm.service(
                name,
                1,
                Stream.concat(Stream.of("evenkeel.enable", "true"), Stream.of(labels))
                        .toArray(String[]::new));
    }

    private LabelledConfig labels() {
        return LabelledConfig.of(Pictures.of(swarm).services());
    }

    private static RouterConfig file() {
        return ConfigFile.parse("test", FILE, Environment.system()).orThrow();
    }
}
