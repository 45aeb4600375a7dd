package io.evenkeel.discovery.consul;

import static io.evenkeel.discovery.consul.ConsulFixture.addresses;
import static io.evenkeel.discovery.consul.ConsulFixture.agents;
import static io.evenkeel.discovery.consul.ConsulFixture.eventually;
import static io.evenkeel.discovery.consul.ConsulFixture.service;
import static io.evenkeel.discovery.consul.ConsulFixture.soon;
import static io.evenkeel.discovery.consul.ConsulFixture.tags;
import static io.evenkeel.discovery.consul.ConsulFixture.withTls;
import static io.evenkeel.discovery.consul.ConsulFixture.withToken;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.config.ClientTlsConfig;
import io.evenkeel.config.ConsulConfig;
import io.evenkeel.config.Secret;
import io.evenkeel.discovery.testing.ConsulAgent;
import io.evenkeel.discovery.testing.ConsulApi;
import io.evenkeel.discovery.testing.ConsulRegistration;
import io.evenkeel.discovery.testing.ConsulSettings;
import io.evenkeel.discovery.testing.Heard;
import io.evenkeel.discovery.testing.TestCertificates;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may ask a real agent, and over what: tokens, TLS, sockets in the file system. */
class AgentAccessIT {

    private static final String MASTER = "11111111-2222-3333-4444-555555555555";

    private final ConsulFixture consul = new ConsulFixture();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit makes it
    private Path folder;

    @AfterEach
    void stop() {
        consul.close();
    }

    @Test
    void aTokenThatIsMissingOrWrongIsAFailureAndNeverAnEmptySet() {
        try (ConsulAgent agent = ConsulAgent.started(ConsulSettings.plain().guardedBy(MASTER))) {
            agent.api().register(vvm());
            String wrong = "99999999-2222-3333-4444-555555555555";
            Heard without = consul.start(agents(agent.address()), service("vvm"));
            Heard withWrong = consul.start(withToken(agents(agent.address()), wrong), service("vvm"));
            Heard byTags = consul.start(agents(agent.address()), tags("primary"));
            Heard right = consul.start(withToken(agents(agent.address()), MASTER), service("vvm"));
            eventually(() -> addresses(right).equals(List.of("10.0.0.1")));
            eventually(
                    () -> !without.failures.isEmpty() && !withWrong.failures.isEmpty() && !byTags.failures.isEmpty());
            assertThat(without.failures.get(0)).endsWith("(is the token right? discovery.consul.token)");
            assertThat(withWrong.failures.get(0))
                    .startsWith("http://" + agent.address() + "/v1/health/service/vvm: 403 ")
                    .endsWith("(is the token right? discovery.consul.token)")
                    .doesNotContain(wrong);
            assertThat(without.sets).isEmpty();
            assertThat(withWrong.sets).isEmpty();
            assertThat(byTags.sets).isEmpty();
        }
    }

    @Test
    void aTokenThatIsRevokedIsAFailureThatKeepsTheLastGoodSet() {
        try (ConsulAgent agent = ConsulAgent.started(ConsulSettings.plain().guardedBy(MASTER))) {
            ConsulApi api = agent.api();
            api.register(vvm());
            JsonNode token = token(api);
            Heard heard = consul.start(
                    withToken(agents(agent.address()), token.get("SecretID").asText()), service("vvm"));
            eventually(() -> addresses(heard).equals(List.of("10.0.0.1")));
            api.delete("/v1/acl/token/" + token.get("AccessorID").asText());
            api.register(ConsulRegistration.of("vvm", "vvm-2", "10.0.0.2", 80)); // so that the watch asks again
            eventually(() -> heard.failures.stream().anyMatch(line -> line.contains("403")));
            assertThat(heard.sets).noneMatch(List::isEmpty);
            assertThat(heard.failures.toString())
                    .doesNotContain(token.get("SecretID").asText());
        }
    }

    @Test
    void rightsThatATokenLosesAreAFailureThoughTheAgentSaysNothing() {
        try (ConsulAgent agent = ConsulAgent.started(ConsulSettings.plain().guardedBy(MASTER))) {
            ConsulApi api = agent.api();
            api.register(vvm());
            JsonNode token = token(api);
            Heard heard = consul.start(
                    withToken(agents(agent.address()), token.get("SecretID").asText()), service("vvm"));
            eventually(() -> addresses(heard).equals(List.of("10.0.0.1")));
            policies(api, token, List.of());
            api.register(ConsulRegistration.of("vvm", "vvm-2", "10.0.0.2", 80)); // so that the watch asks again
            eventually(() -> heard.failures.stream().anyMatch(line -> line.contains("may see")));
            assertThat(heard.sets).noneMatch(List::isEmpty);
            policies(api, token, List.of(Map.of("Name", "reader")));
            eventually(() -> addresses(heard).equals(List.of("10.0.0.1", "10.0.0.2")));
        }
    }

    @Test
    void anAgentIsAskedOverTlsByTheCertificatesItTrusts() {
        TestCertificates certificates = TestCertificates.create();
        try (ConsulAgent agent = ConsulAgent.started(ConsulSettings.plain().withTls(certificates, true))) {
            agent.api().register(vvm());
            Heard both = consul.start(tls(agent, certificates.authority(), certificates), service("vvm"));
            Heard unknown = consul.start(tls(agent, certificates.authority(), null), service("vvm"));
            Heard distrusted =
                    consul.start(tls(agent, TestCertificates.create().authority(), certificates), service("vvm"));
            eventually(() -> addresses(both).equals(List.of("10.0.0.1")));
            eventually(() -> !unknown.failures.isEmpty() && !distrusted.failures.isEmpty());
            assertThat(distrusted.failures.get(0))
                    .startsWith(agent.secureAddress() + ": TLS: ")
                    .contains("PKIX path");
            assertThat(unknown.failures.get(0)).contains(agent.secureAddress());
            assertThat(unknown.sets).isEmpty();
        }
    }

    @Test
    void aCertificateForAnotherHostIsRefused() {
        TestCertificates certificates = TestCertificates.forHost("consul.example.org");
        try (ConsulAgent agent = ConsulAgent.started(ConsulSettings.plain().withTls(certificates, false))) {
            Heard heard = consul.start(tls(agent, certificates.authority(), null), service("vvm"));
            eventually(() -> !heard.failures.isEmpty());
            assertThat(heard.failures.get(0)).contains("TLS: Hostname 127.0.0.1 not verified");
        }
    }

    @Test
    void plainTextToATlsPortAndTheOtherWayRoundIsSaidClearly() {
        TestCertificates certificates = TestCertificates.create();
        try (ConsulAgent agent = ConsulAgent.started(ConsulSettings.plain().withTls(certificates, false))) {
            Heard plain = consul.start(agents(agent.secureAddress()), service("vvm"));
            ClientTlsConfig tls = new ClientTlsConfig(true, Optional.empty(), Optional.empty(), Optional.empty());
            Heard encrypted = consul.start(withTls(agents(agent.address()), tls), service("vvm"));
            eventually(() -> !plain.failures.isEmpty() && !encrypted.failures.isEmpty());
            assertThat(plain.failures.get(0)).contains("400 Client sent an HTTP request to an HTTPS server");
            assertThat(encrypted.failures.get(0)).contains(": TLS: ");
        }
    }

    @Test
    void certificatesThatAreNoneAreAFailureThatSaysWhichKeyHoldsThem() {
        ClientTlsConfig tls =
                new ClientTlsConfig(true, Optional.of(new Secret("nonsense")), Optional.empty(), Optional.empty());
        Heard heard = consul.start(withTls(agents("127.0.0.1:8500"), tls), service("vvm"));
        assertThat(heard.failures).singleElement().asString().startsWith("discovery.consul.tls");
    }

    @Test
    void aTokenThatNoFieldCanHoldIsRefusedWithoutRepeatingIt() {
        Heard heard = consul.start(withToken(agents("127.0.0.1:8500"), "top\nsecret"), service("vvm"));
        assertThat(heard.failures)
                .singleElement()
                .asString()
                .startsWith("discovery.consul.token: ")
                .doesNotContain("secret");
    }

    @Test
    void anAgentIsAskedThroughASocketInTheFileSystem() {
        Path socket = folder.resolve("consul.sock");
        String address = "unix:" + socket;
        Heard early = consul.start(agents(address), service("vvm"));
        eventually(() -> !early.failures.isEmpty());
        assertThat(early.failures.get(0)).startsWith(address);
        try (ConsulAgent agent = ConsulAgent.started(ConsulSettings.plain().listeningAt(socket))) {
            agent.api().register(vvm());
            soon(() -> addresses(early).equals(List.of("10.0.0.1")));
            agent.api().register(ConsulRegistration.of("vvm", "vvm-2", "10.0.0.2", 80));
            soon(() -> addresses(early).equals(List.of("10.0.0.1", "10.0.0.2")));
            int before = early.failures.size();
            agent.kill();
            soon(() -> early.failures.size() > before);
        }
    }

    /** A token that may read everything, by a policy that can be taken from it. */
    private static JsonNode token(ConsulApi api) {
        String rules = "node_prefix \"\" { policy = \"read\" } service_prefix \"\" { policy = \"read\" }";
        api.put("/v1/acl/policy", Map.of("Name", "reader", "Rules", rules));
        return api.put("/v1/acl/token", Map.of("Policies", List.of(Map.of("Name", "reader"))));
    }

    private static void policies(ConsulApi api, JsonNode token, List<?> policies) {
        String accessor = token.get("AccessorID").asText();
        api.put("/v1/acl/token/" + accessor, Map.of("AccessorID", accessor, "Policies", policies));
    }

    private static ConsulConfig tls(ConsulAgent agent, String authority, @Nullable TestCertificates client) {
        Optional<TestCertificates> shown = Optional.ofNullable(client);
        return withTls(
                agents(agent.secureAddress()),
                new ClientTlsConfig(
                        true,
                        Optional.of(new Secret(authority)),
                        shown.map(TestCertificates::client).map(Secret::new),
                        shown.map(TestCertificates::clientKey).map(Secret::new)));
    }

    private static ConsulRegistration vvm() {
        return ConsulRegistration.of("vvm", "vvm-1", "10.0.0.1", 80);
    }
}
