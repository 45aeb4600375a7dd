package io.evenkeel.discovery.consul;

import static org.awaitility.Awaitility.await;

import io.evenkeel.config.ClientTlsConfig;
import io.evenkeel.config.ConsulConfig;
import io.evenkeel.config.EndpointSourceConfig.ConsulSource;
import io.evenkeel.config.Secret;
import io.evenkeel.discovery.ControlThread;
import io.evenkeel.discovery.DiscoveryEvent;
import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.EndpointSource;
import io.evenkeel.discovery.NodeRegistry;
import io.evenkeel.discovery.testing.Heard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sources under test with a control thread of their own, and configuration in few words. */
final class ConsulFixture implements AutoCloseable {

    /** How long something may take that has no bound of its own. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Far less than a question waits at an agent, so that what is heard within this was told. How soon exactly, perf measures. */
    private static final Duration SOON = Duration.ofSeconds(15);

    private static final Duration LOOK = Duration.ofMillis(5);

    final ControlThread control = new ControlThread();
    final List<DiscoveryEvent> events = new CopyOnWriteArrayList<>();
    final ConsulSources sources =
            new ConsulSources(control, new SplittableRandom(1), new NodeRegistry(control, events::add));
    private final List<EndpointSource> started = new ArrayList<>();

    /** Agents in plain text, patient for a second. */
    static ConsulConfig agents(String... addresses) {
        return new ConsulConfig(
                List.of(addresses),
                Optional.empty(),
                "",
                ClientTlsConfig.defaults(),
                Duration.ofSeconds(60),
                Duration.ofSeconds(1),
                64);
    }

    static ConsulConfig withToken(ConsulConfig config, String token) {
        return new ConsulConfig(
                config.agents(),
                Optional.of(new Secret(token)),
                config.datacenter(),
                config.tls(),
                config.maxWait(),
                config.timeout(),
                config.maxWatches());
    }

    static ConsulConfig withTls(ConsulConfig config, ClientTlsConfig tls) {
        return new ConsulConfig(
                config.agents(),
                config.token(),
                config.datacenter(),
                tls,
                config.maxWait(),
                config.timeout(),
                config.maxWatches());
    }

    static ConsulConfig withWatches(ConsulConfig config, int maxWatches) {
        return new ConsulConfig(
                config.agents(),
                config.token(),
                config.datacenter(),
                config.tls(),
                config.maxWait(),
                config.timeout(),
                maxWatches);
    }

    static ConsulSource service(String name) {
        return new ConsulSource(name, "", List.of(), "", "", "", 0);
    }

    static ConsulSource tags(String expression) {
        return new ConsulSource("", expression, List.of(), "", "", "", 0);
    }

    /** Waits for what must be so before a question has waited in vain. */
    static void soon(Callable<Boolean> condition) {
        await().atMost(SOON).pollDelay(Duration.ZERO).pollInterval(LOOK).until(condition);
    }

    /** Waits for what must be so at some time. */
    static void eventually(Callable<Boolean> condition) {
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(LOOK).until(condition);
    }

    /** Starts a source; what it tells is written down. */
    Heard start(ConsulConfig agents, ConsulSource config) {
        return start(sources.source(agents, config));
    }

    Heard start(EndpointSource source) {
        Heard heard = new Heard();
        started.add(source);
        onControl(() -> source.start(heard));
        return heard;
    }

    void stop(int which) {
        onControl(started.get(which)::close);
    }

    void onControl(Runnable task) {
        CompletableFuture.runAsync(task, control::execute).join();
    }

    /** The addresses last told, without ports. */
    static List<String> addresses(Heard heard) {
        return heard.latest().stream()
                .map(endpoint -> endpoint.address().getAddress().getHostAddress())
                .toList();
    }

    /** The addresses last told that may be sent traffic. */
    static List<String> usable(Heard heard) {
        return heard.latest().stream()
                .filter(Endpoint::usable)
                .map(endpoint -> endpoint.address().getAddress().getHostAddress())
                .toList();
    }

    @Override
    public void close() {
        onControl(() -> started.forEach(EndpointSource::close));
        sources.close();
        control.close();
    }
}
