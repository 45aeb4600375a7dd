package io.evenkeel.discovery.consul;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.discovery.testing.ConsulAgent;
import io.evenkeel.discovery.testing.ConsulRegistration;
import org.junit.jupiter.api.Test;

/** The fixture itself: it is a real Consul, and it forgets. */
class ConsulAgentIT {

    @Test
    void anAgentThatWasRestartedHasForgottenEverythingAndListensWhereItDid() {
        try (ConsulAgent agent = ConsulAgent.started()) {
            agent.api().register(ConsulRegistration.of("vvm", "vvm-1", "10.0.0.1", 80));
            assertThat(agent.api().get("/v1/health/service/vvm")).hasSize(1);
            String address = agent.address();
            agent.restart();
            assertThat(agent.address()).isEqualTo(address);
            assertThat(agent.api().get("/v1/health/service/vvm")).isEmpty();
        }
    }
}
