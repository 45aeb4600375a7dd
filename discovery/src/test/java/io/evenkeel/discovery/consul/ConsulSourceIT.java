package io.evenkeel.discovery.consul;

import static io.evenkeel.discovery.consul.ConsulFixture.agents;
import static io.evenkeel.discovery.consul.ConsulFixture.service;

import io.evenkeel.discovery.EndpointSource;
import io.evenkeel.discovery.NodeRegistry;
import io.evenkeel.discovery.testing.ConsulAgent;
import io.evenkeel.discovery.testing.ConsulRegistration;
import io.evenkeel.discovery.testing.EndpointSourceContract;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** What holds for every source, with a real Consul. */
class ConsulSourceIT extends EndpointSourceContract {

    @SuppressWarnings("NullAway.Init") // started before all
    private static ConsulAgent agent;

    private final ConsulSources sources =
            new ConsulSources(control, new SplittableRandom(1), new NodeRegistry(control, event -> {}));

    @BeforeAll
    static void startConsul() {
        agent = ConsulAgent.started();
        agent.api().register(ConsulRegistration.of("vvm", "vvm-2", "10.0.0.2", 80));
        agent.api().register(ConsulRegistration.of("vvm", "vvm-1", "10.0.0.1", 80));
    }

    @AfterAll
    static void stopConsul() {
        agent.close();
    }

    @AfterEach
    void stopSources() {
        sources.close();
    }

    @Override
    protected EndpointSource source() {
        return sources.source(agents(agent.address()), service("vvm"));
    }
}
