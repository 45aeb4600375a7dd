package io.evenkeel.discovery.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.config.ClientTlsConfig;
import io.evenkeel.config.ConsulConfig;
import io.evenkeel.config.RegisterConfig;
import io.evenkeel.discovery.testing.ConsulAgent;
import io.evenkeel.discovery.testing.ConsulRegistration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConsulRegistryIT {

    @SuppressWarnings("NullAway.Init") // started before all
    private static ConsulAgent consul;

    @BeforeAll
    static void startConsul() {
        consul = ConsulAgent.started();
    }

    @AfterAll
    static void stopConsul() {
        consul.close();
    }

    @AfterEach
    void forget() {
        consul.api().get("/v1/agent/services").fieldNames().forEachRemaining(id -> consul.api()
                .deregister(id));
    }

    @Test
    void whatIsReadBackIsWhatWasWrittenSoNothingIsWrittenTwice() {
        try (ConsulRegistry registry = registry(consul.address())) {
            TaskRegistration task = new TaskRegistration(
                    "t1",
                    "vvm.shop",
                    "10.0.1.1",
                    8822,
                    1000,
                    List.of("zone=a", "primary", "ünïcode"),
                    Map.of("registered-by", "evenkeel", "node", "node-1"));
            registry.apply(new Step.Register(task, true));
            consul.api().register(ConsulRegistration.of("web", "by-hand", "10.0.9.9", 1));

            assertThat(registry.registered()).isEqualTo(new Registered(Map.of("t1", task), Set.of("by-hand")));
            registry.apply(new Step.Deregister(task));
            assertThat(registry.registered().ours()).isEmpty();
        }
    }

    @Test
    void theCheckCarriesTheTimeToLiveAndTheTimeAfterWhichAllIsForgotten() {
        try (ConsulRegistry registry = registry(consul.address())) {
            TaskRegistration task = Tasks.task("t2", 80);
            registry.apply(new Step.Register(task, false));
            var check = consul.api().get("/v1/agent/checks").path("service:t2");
            assertThat(check.path("Status").asText()).isEqualTo("critical");
            assertThat(check.path("Type").asText()).isEqualTo("ttl");
            registry.apply(new Step.Renew(task, true));
            assertThat(consul.api()
                            .get("/v1/agent/checks")
                            .at("/service:t2/Status")
                            .asText())
                    .isEqualTo("passing");
        }
    }

    @Test
    void anAgentThatIsNotThereIsOneLineAndTheNextOneIsAsked() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (ConsulRegistry registry = registry("127.0.0.1:" + port, consul.address())) {
            assertThatThrownBy(registry::registered)
                    .isInstanceOf(RegistryFailure.class)
                    .hasMessageStartingWith("consul 127.0.0.1:" + port + ": services: ")
                    .hasMessageNotContaining("\n");
            assertThat(registry.registered()).isEqualTo(new Registered(Map.of(), Set.of()));
        }
    }

    private static ConsulRegistry registry(String... agents) {
        return new ConsulRegistry(
                RegisterConfig.defaults(),
                new ConsulConfig(
                        List.of(agents),
                        Optional.empty(),
                        "",
                        ClientTlsConfig.defaults(),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(2),
                        64));
    }
}
