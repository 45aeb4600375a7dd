package io.evenkeel.discovery.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.ConsulConfig;
import io.evenkeel.config.DiscoveryConfig;
import io.evenkeel.config.EndpointSourceConfig.ConsulSource;
import io.evenkeel.config.SwarmConfig;
import io.evenkeel.discovery.EndpointSource;
import io.evenkeel.discovery.testing.VirtualScheduler;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsulInBuiltInSourcesTest {

    private final BuiltInSources sources = new BuiltInSources(new VirtualScheduler(), new SplittableRandom(1));
    private final ConsulSource vvm = new ConsulSource("vvm", "", List.of(), "", "", "", 0);

    @AfterEach
    void close() {
        sources.close();
    }

    @Test
    void aConsulSourceIsNamedAfterItsService() {
        assertThat(sources.create(vvm)).extracting(EndpointSource::name).containsExactly("consul:vvm");
    }

    @Test
    void aConsulSourceIsAnotherOneWhenItsAgentsChange() {
        Object before = sources.key(vvm);
        sources.configure(DiscoveryConfig.defaults());
        assertThat(sources.key(vvm)).isEqualTo(before);
        ConsulConfig asBefore = ConsulConfig.defaults();
        ConsulConfig elsewhere = new ConsulConfig(
                List.of("127.0.0.1:8501"),
                asBefore.token(),
                asBefore.datacenter(),
                asBefore.tls(),
                asBefore.maxWait(),
                asBefore.timeout(),
                asBefore.maxWatches());
        sources.configure(new DiscoveryConfig("", elsewhere, SwarmConfig.defaults()));
        assertThat(sources.key(vvm)).isNotEqualTo(before);
    }
}
