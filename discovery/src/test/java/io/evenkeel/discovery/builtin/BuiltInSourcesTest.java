package io.evenkeel.discovery.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.config.ClientTlsConfig;
import io.evenkeel.config.ConsulConfig;
import io.evenkeel.config.DiscoveryConfig;
import io.evenkeel.config.EndpointSourceConfig;
import io.evenkeel.config.EndpointSourceConfig.RecordType;
import io.evenkeel.config.HostPort;
import io.evenkeel.config.SwarmConfig;
import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.EndpointSource;
import io.evenkeel.discovery.testing.VirtualScheduler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BuiltInSourcesTest {

    private final BuiltInSources sources = new BuiltInSources(new VirtualScheduler(), new SplittableRandom(1));

    @AfterEach
    void close() {
        sources.close();
    }

    @Test
    void aStaticListIsOneSourceForItsAddressesAndOneForEachName() {
        EndpointSourceConfig config = new EndpointSourceConfig.StaticSource(List.of(
                new HostPort("10.0.0.1", 80),
                new HostPort("vvm.example", 9001),
                new HostPort("fd00::1", 80),
                new HostPort("vvm.example", 9002)));
        assertThat(sources.create(config))
                .extracting(EndpointSource::name)
                .containsExactly("static", "static:vvm.example:9001", "static:vvm.example:9002");
    }

    @Test
    void oneEndpointHasTheWeightNodeAndTagsThatAreWrittenDown() {
        HostPort address = new HostPort("10.0.0.1", 80);
        EndpointSourceConfig config = new EndpointSourceConfig.EndpointSource(address, 7, "n1", Map.of("zone", "a"));
        List<Endpoint> told = new ArrayList<>();
        EndpointSource source = sources.create(config).get(0);
        source.start(new EndpointSource.Listener() {
            @Override
            public void onEndpoints(List<Endpoint> endpoints) {
                told.addAll(endpoints);
            }

            @Override
            public void onFailure(String reason) {
                throw new AssertionError(reason);
            }
        });

        assertThat(source.name()).isEqualTo("static:10.0.0.1:80");
        assertThat(told)
                .containsExactly(new Endpoint(
                        new InetSocketAddress("10.0.0.1", 80),
                        7,
                        Optional.of("n1"),
                        Map.of("zone", "a"),
                        Endpoint.Health.UNKNOWN));
    }

    @Test
    void aDnsSourceIsNamedAfterItsName() {
        assertThat(sources.create(dns("127.0.0.11")))
                .extracting(EndpointSource::name)
                .containsExactly("dns:tasks.vvm");
    }

    @Test
    void aDnsServerIsAnAddressNotAName() {
        assertThatThrownBy(() -> sources.create(dns("dns.example")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dns.example");
    }

    @Test
    void aSwarmSourceIsNamedAfterWhatItMeansAndStaysWhileItsEnginesDo() {
        EndpointSourceConfig config = new EndpointSourceConfig.SwarmSource(List.of("vvm-1", "vvm-2"), "", 80, "");
        assertThat(sources.create(config)).extracting(EndpointSource::name).containsExactly("swarm:vvm-1,vvm-2");

        Object before = sources.key(config);
        sources.configure(DiscoveryConfig.defaults());
        assertThat(sources.key(config)).isEqualTo(before);
        SwarmConfig elsewhere = new SwarmConfig(
                List.of("10.0.0.1:2375"),
                ClientTlsConfig.defaults(),
                "",
                false,
                Duration.ofSeconds(15),
                Duration.ofSeconds(5));
        sources.configure(new DiscoveryConfig("", ConsulConfig.defaults(), elsewhere));
        assertThat(sources.key(config)).isNotEqualTo(before);
    }

    @Test
    void aConsulSourceIsAnotherOneWhenTheAgentsChange() {
        EndpointSourceConfig vvm = new EndpointSourceConfig.ConsulSource("vvm", "", List.of(), "", "", "", 0);
        Object before = sources.key(vvm);
        assertThat(sources.create(vvm)).extracting(EndpointSource::name).containsExactly("consul:vvm");
        sources.configure(DiscoveryConfig.defaults());
        assertThat(sources.key(vvm)).isEqualTo(before);
        ConsulConfig consul = ConsulConfig.defaults();
        ConsulConfig moved = new ConsulConfig(
                List.of("127.0.0.1:8501"),
                consul.token(),
                consul.datacenter(),
                consul.tls(),
                consul.maxWait(),
                consul.timeout(),
                consul.maxWatches());
        sources.configure(new DiscoveryConfig("", moved, SwarmConfig.defaults()));
        assertThat(sources.key(vvm)).isNotEqualTo(before);
        assertThat(sources.key(dns("127.0.0.11"))).isEqualTo(dns("127.0.0.11"));
    }

    private static EndpointSourceConfig dns(String server) {
        return new EndpointSourceConfig.DnsSource(
                "tasks.vvm",
                8822,
                RecordType.ADDRESS,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                List.of(new HostPort(server, 0)));
    }
}
