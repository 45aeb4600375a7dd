package io.evenkeel.discovery.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.config.EndpointSourceConfig;
import io.evenkeel.config.EndpointSourceConfig.RecordType;
import io.evenkeel.config.HostPort;
import io.evenkeel.discovery.EndpointSource;
import io.evenkeel.discovery.testing.VirtualScheduler;
import java.time.Duration;
import java.util.List;
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
