package io.evenkeel.balancer;

import static io.evenkeel.balancer.Endpoints.address;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.policy.RandomChoice;
import io.evenkeel.config.BalancerConfig.Policy;
import io.evenkeel.config.DiscoveryConfig;
import io.evenkeel.config.EndpointSourceConfig;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.discovery.ControlThread;
import io.evenkeel.discovery.Discovery;
import io.evenkeel.discovery.DiscoveryEvent;
import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.EndpointSource;
import io.evenkeel.discovery.LastGoodStore;
import io.evenkeel.discovery.RejectedEndpoint;
import io.evenkeel.discovery.SourceFactory;
import io.evenkeel.discovery.SourceStatus;
import io.evenkeel.discovery.builtin.BuiltInSources;
import io.evenkeel.discovery.state.StateFile;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpstreamRegistryTest {

    private final ControlThread control = new ControlThread();
    private final DiscoveryConfig shared = DiscoveryConfig.defaults();
    private final List<DiscoveryConfig> configured = new ArrayList<>();
    private final Map<String, ToldSource> sources = new HashMap<>();
    private final UpstreamRegistry registry = start(List.of(), new ToldSources());

    /** Makes sources named after the first host of a static configuration. */
    private final class ToldSources implements SourceFactory {
        @Override
        public void configure(DiscoveryConfig told) {
            configured.add(told);
        }

        @Override
        public List<EndpointSource> create(EndpointSourceConfig config) {
            String host = ((EndpointSourceConfig.StaticSource) config)
                    .addresses()
                    .get(0)
                    .host();
            ToldSource source = new ToldSource(host);
            sources.put(host, source);
            return List.of(source);
        }

        @Override
        public void close() {}
    }

    private static final class ToldSource implements EndpointSource {
        private final String name;
        private @Nullable Listener listener;
        private boolean closed;

        ToldSource(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void start(Listener told) {
            listener = told;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @AfterEach
    void stop() {
        registry.close();
        control.close();
    }

    @Test
    void endpointsThatNeedNoAskingAreThereWhenStartReturns() {
        try (BuiltInSources builtIn = new BuiltInSources(control, new SplittableRandom(1));
                UpstreamRegistry started = start(List.of(upstream("vvm", "10.0.0.1", "10.0.0.2")), builtIn)) {
            assertThat(started.undiscovered()).isEmpty();
            assertThat(addresses(Objects.requireNonNull(started.upstream("vvm"))))
                    .containsExactly(address(1), address(2));
        }
    }

    @Test
    void aReloadOfStaticEndpointsIsDoneWhenApplyReturns() {
        try (BuiltInSources builtIn = new BuiltInSources(control, new SplittableRandom(1));
                UpstreamRegistry started = start(List.of(upstream("vvm", "10.0.0.1")), builtIn)) {
            for (int last = 2; last < 20; last++) {
                started.apply(List.of(upstream("vvm", "10.0.0." + last)), shared);
                assertThat(addresses(Objects.requireNonNull(started.upstream("vvm"))))
                        .containsExactly(address(last));
            }
        }
    }

    @Test
    void aNameKeepsItsUpstreamAndItsEndpointsOverReloads() {
        apply(List.of(upstream("vvm", "a")));
        tell("a", 1, 2);
        Upstream before = registry.upstream("vvm");
        List<EndpointState> states = Objects.requireNonNull(before).snapshot().endpoints();
        apply(List.of(upstream("vvm", "b"), upstream("other", "c")));
        tell("b", 1, 2);
        assertThat(registry.upstream("vvm")).isSameAs(before);
        assertThat(before.snapshot().endpoints()).containsExactlyElementsOf(states);
    }

    @Test
    void aReloadRestartsOnlyTheSourcesThatChanged() {
        apply(List.of(upstream("vvm", "a"), upstream("other", "b")));
        ToldSource kept = source("a");
        ToldSource replaced = source("b");
        apply(List.of(upstream("vvm", "a"), upstream("other", "c")));
        assertThat(source("a")).isSameAs(kept);
        assertThat(kept.closed).isFalse();
        assertThat(replaced.closed).isTrue();
    }

    @Test
    void aReloadEmptiesNothingWhileTheNewSourceHasNotAnswered() {
        apply(List.of(upstream("vvm", "a")));
        tell("a", 1, 2);
        apply(List.of(upstream("vvm", "b")));
        assertThat(addresses(named("vvm"))).containsExactly(address(1), address(2));
        tell("b", 3);
        await().untilAsserted(() -> assertThat(addresses(named("vvm"))).containsExactly(address(3)));
    }

    @Test
    void aReloadSwapsThePolicy() {
        apply(List.of(upstream("vvm", "a")));
        tell("a", 1);
        apply(List.of(upstream("vvm", Policy.RANDOM, "a")));
        assertThat(named("vvm").snapshot().balancer()).isInstanceOf(RandomChoice.class);
    }

    @Test
    void anUpstreamThatIsGoneTellsItsListenersAndKeepsItsSnapshot() {
        apply(List.of(upstream("vvm", "a")));
        tell("a", 1);
        Upstream gone = named("vvm");
        List<InetSocketAddress> removed = new ArrayList<>();
        gone.addListener(new EndpointListener() {
            @Override
            public void onAdded(EndpointState endpoint) {}

            @Override
            public void onRemoved(EndpointState endpoint) {
                removed.add(endpoint.address());
            }
        });
        apply(List.of());
        assertThat(registry.upstream("vvm")).isNull();
        assertThat(source("a").closed).isTrue();
        assertThat(removed).containsExactly(address(1));
        assertThat(addresses(gone)).containsExactly(address(1));
    }

    @Test
    void readinessNamesEachUpstreamThatWaitsAndWhy() {
        apply(List.of(upstream("vvm", "a"), upstream("other", "b"), upstream("third", "c")));
        tell("a", 1);
        fail("b", "A b.: NXDOMAIN(3)");
        assertThat(registry.undiscovered())
                .containsExactly("upstream other: b: A b.: NXDOMAIN(3)", "upstream third: c: has not answered yet");
    }

    @Test
    void theStatusOfEverySourceCanBeRead() {
        apply(List.of(upstream("vvm", "a")));
        tell("a", 1, 2, 3);
        assertThat(registry.sources()).containsOnlyKeys("vvm");
        SourceStatus status =
                Objects.requireNonNull(registry.sources().get("vvm")).get(0);
        assertThat(status.endpoints()).isEqualTo(3);
        assertThat(status.answered()).isTrue();
    }

    @Test
    void theSourcesAreMadeWithWhatTheyShare() {
        apply(List.of(upstream("vvm", "a")));
        assertThat(configured).containsExactly(shared, shared);
    }

    @Test
    void whatGetsNoTrafficIsToldWithTheReason() {
        apply(List.of(upstream("vvm", "a")));
        Endpoint ill = new Endpoint(address(2), 1, Optional.empty(), Map.of(), Endpoint.Health.CRITICAL);
        onControl(
                () -> Objects.requireNonNull(source("a").listener).onEndpoints(List.of(Endpoint.at(address(1)), ill)));
        assertThat(addresses(named("vvm"))).containsExactly(address(1));
        assertThat(registry.rejected()).containsOnlyKeys("vvm");
        assertThat(Objects.requireNonNull(registry.rejected().get("vvm")))
                .extracting(RejectedEndpoint::reason)
                .containsExactly("critical: a");
    }

    @Test
    void aRestartWhileEveryRegistryIsDownBeginsWithWhatWasLastGood(@TempDir Path folder) {
        String file = folder.resolve("state").toString();
        try (LastGoodStore store = StateFile.open(file, control::now);
                UpstreamRegistry before = UpstreamRegistry.start(
                        List.of(upstream("vvm", "a")),
                        shared,
                        discovery(new ToldSources()).keptIn(store))) {
            tell("a", 1, 2);
            assertThat(before.undiscovered()).isEmpty();
        }
        try (LastGoodStore store = StateFile.open(file, control::now);
                UpstreamRegistry after = UpstreamRegistry.start(
                        List.of(upstream("vvm", "a")),
                        shared,
                        discovery(new ToldSources()).keptIn(store))) {
            assertThat(after.undiscovered()).isNotEmpty();
            fail("a", "connection refused");
            assertThat(after.undiscovered()).isEmpty();
            assertThat(addresses(Objects.requireNonNull(after.upstream("vvm"))))
                    .containsExactly(address(1), address(2));
            assertThat(after.sources().values())
                    .allSatisfy(statuses -> assertThat(statuses).allMatch(SourceStatus::stale));
        }
    }

    @Test
    void sourcesAndTheirEndpointsAreToldToTheListener() {
        List<DiscoveryEvent.Kind> kinds = new CopyOnWriteArrayList<>();
        Discovery told = discovery(new ToldSources()).tellingTo(event -> kinds.add(event.kind()));
        try (UpstreamRegistry started = UpstreamRegistry.start(List.of(upstream("vvm", "a")), shared, told)) {
            fail("a", "connection refused");
            tell("a", 1);
            assertThat(started.undiscovered()).isEmpty();
        }
        assertThat(kinds)
                .containsExactly(
                        DiscoveryEvent.Kind.SOURCE_FAILED,
                        DiscoveryEvent.Kind.SOURCE_RECOVERED,
                        DiscoveryEvent.Kind.ENDPOINT_ADDED);
    }

    @Test
    void upstreamsAreListedInTheOrderOfTheConfiguration() {
        apply(Stream.of("z", "a", "m").map(name -> upstream(name, name)).toList());
        assertThat(registry.upstreams()).extracting(Upstream::name).containsExactly("z", "a", "m");
    }

    @Test
    void closeStopsTheSources() {
        apply(List.of(upstream("vvm", "a")));
        registry.close();
        assertThat(source("a").closed).isTrue();
    }

    private UpstreamRegistry start(List<UpstreamConfig> configs, SourceFactory factory) {
        return UpstreamRegistry.start(configs, shared, discovery(factory));
    }

    private Discovery discovery(SourceFactory factory) {
        return Discovery.of(control, factory);
    }

    private void apply(List<UpstreamConfig> configs) {
        registry.apply(configs, shared);
    }

    private Upstream named(String name) {
        return Objects.requireNonNull(registry.upstream(name));
    }

    private ToldSource source(String name) {
        return Objects.requireNonNull(sources.get(name));
    }

    private void tell(String source, int... numbers) {
        List<Endpoint> endpoints =
                IntStream.of(numbers).mapToObj(n -> Endpoint.at(address(n))).toList();
        onControl(() -> Objects.requireNonNull(source(source).listener).onEndpoints(endpoints));
    }

    private void fail(String source, String reason) {
        onControl(() -> Objects.requireNonNull(source(source).listener).onFailure(reason));
    }

    private void onControl(Runnable task) {
        CompletableFuture.runAsync(task, control::execute).join();
    }

    private static List<InetSocketAddress> addresses(Upstream upstream) {
        return upstream.snapshot().endpoints().stream()
                .map(EndpointState::address)
                .toList();
    }

    private static UpstreamConfig upstream(String name, String... hosts) {
        return upstream(name, Policy.LEAST_CONNECTIONS, hosts);
    }

    private static UpstreamConfig upstream(String name, Policy policy, String... hosts) {
        return Configs.upstream(
                """
                name: %s
                balancer: { policy: %s }
                max-attempts: 1
                endpoints: [{ static: [%s] }]
                """
                        .formatted(
                                name,
                                policy.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                                Stream.of(hosts).map(host -> host + ":80").collect(joining(", "))));
    }
}
