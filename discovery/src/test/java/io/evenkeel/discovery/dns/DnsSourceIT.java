package io.evenkeel.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.config.EndpointSourceConfig;
import io.evenkeel.config.EndpointSourceConfig.RecordType;
import io.evenkeel.config.HostPort;
import io.evenkeel.discovery.EndpointSource;
import io.evenkeel.discovery.testing.DnsServer;
import io.evenkeel.discovery.testing.DnsZone;
import io.evenkeel.discovery.testing.DnsZone.Fault;
import io.evenkeel.discovery.testing.EndpointSourceContract;
import io.evenkeel.discovery.testing.ScriptedSource;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DnsSourceIT extends EndpointSourceContract {

    private final DnsZone zone = new DnsZone().address("tasks.vvm.", "10.0.0.2", "10.0.0.1");
    private final DnsServer server = new DnsServer(zone);
    private final DnsSources sources = new DnsSources(control, new SplittableRandom(1));

    @Override
    protected EndpointSource source() {
        HostPort dns = new HostPort("127.0.0.1", server.address().getPort());
        return sources.source(new EndpointSourceConfig.DnsSource(
                "tasks.vvm", 80, RecordType.ADDRESS, Duration.ofMillis(20), Duration.ofSeconds(5), List.of(dns)));
    }

    @AfterEach
    void stopServer() {
        sources.close();
        server.close();
    }

    @Test
    void aChangeIsToldAtTheNextPoll() {
        EndpointSource source = source();
        onControl(() -> source.start(heard));
        await().atMost(PATIENCE).until(() -> heard.latest().equals(ScriptedSource.endpoints(1, 2)));
        zone.address("tasks.vvm.", "10.0.0.3");
        await().atMost(PATIENCE).until(() -> heard.latest().equals(ScriptedSource.endpoints(1, 2, 3)));
        onControl(source::close);
    }

    @Test
    void noFaultIsEverToldAsASmallerSet() {
        EndpointSource source = source();
        onControl(() -> source.start(heard));
        await().atMost(PATIENCE).until(() -> !heard.sets.isEmpty());
        for (Fault fault : List.of(Fault.NXDOMAIN, Fault.SERVFAIL, Fault.EMPTY, Fault.WRONG_OWNER)) {
            int before = heard.failures.size();
            zone.fault("tasks.vvm.", fault);
            await().atMost(PATIENCE).until(() -> heard.failures.size() > before);
        }
        zone.fault("tasks.vvm.", Fault.NONE);
        int before = heard.sets.size();
        await().atMost(PATIENCE).until(() -> heard.sets.size() > before);
        onControl(source::close);
        assertThat(heard.sets).allSatisfy(set -> assertThat(set).isEqualTo(ScriptedSource.endpoints(1, 2)));
    }
}
