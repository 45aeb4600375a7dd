package io.evenkeel.proxy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.Upstream;
import io.evenkeel.balancer.UpstreamRegistry;
import io.evenkeel.config.AccessLogConfig;
import io.evenkeel.config.DiscoveryConfig;
import io.evenkeel.config.EndpointSourceConfig;
import io.evenkeel.config.HostPort;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.discovery.ControlThread;
import io.evenkeel.discovery.Discovery;
import io.evenkeel.discovery.SourceFactory;
import io.evenkeel.discovery.builtin.BuiltInSources;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpstreamStatusTest {

    private final ControlThread control = new ControlThread();
    private final SourceFactory factory = new BuiltInSources(control, new SplittableRandom(1));
    private final UpstreamRegistry registry =
            UpstreamRegistry.start(List.of(vvm()), DiscoveryConfig.defaults(), Discovery.of(control, factory));
    private final Telemetry telemetry = new Telemetry(1, AccessLogConfig.defaults());

    @AfterEach
    void close() throws Exception {
        registry.close();
        factory.close();
        control.close();
    }

    @Test
    void aStatusSaysWhatRegistryAndTelemetryKnow() {
        telemetry.loop(0).meter("web", "all", "vvm").record(200, 1_000_000, 1_000);
        Upstream upstream = Objects.requireNonNull(registry.upstream("vvm"));
        upstream.drain(new InetSocketAddress("10.0.0.2", 8822));

        List<UpstreamStatus> all = UpstreamStatus.all(registry, telemetry);

        assertThat(all).hasSize(1);
        UpstreamStatus status = all.get(0);
        assertThat(status.name()).isEqualTo("vvm");
        assertThat(status.latency())
                .hasValueSatisfying(latency -> assertThat(latency.count()).isEqualTo(1));
        assertThat(status.sources()).hasSize(1).allSatisfy(source -> assertThat(source.endpoints())
                .isEqualTo(3));
        assertThat(status.endpoints())
                .extracting(EndpointStatus::address)
                .containsExactly("10.0.0.1:8822", "10.0.0.2:8822", "[2001:db8::1]:8822");
        assertThat(status.endpoints())
                .extracting(endpoint -> endpoint.drain().by())
                .containsExactly(List.of(), List.of("operator"), List.of());
        assertThat(status.endpoints())
                .extracting(endpoint -> endpoint.drain().deadline().isPresent())
                .containsExactly(false, true, false);
        assertThat(status.endpoints()).allSatisfy(endpoint -> {
            assertThat(endpoint.up()).isTrue();
            assertThat(endpoint.inFlight()).isZero();
            assertThat(endpoint.reported().sources()).isNotEmpty();
        });
    }

    private static UpstreamConfig vvm() {
        List<HostPort> addresses = List.of(
                new HostPort("10.0.0.1", 8822), new HostPort("10.0.0.2", 8822), new HostPort("2001:db8::1", 8822));
        return UpstreamConfig.of("vvm", List.of(new EndpointSourceConfig.StaticSource(addresses)));
    }
}
