package io.evenkeel.proxy.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.RawClient;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workspaces of VVM, by the number in the path: each is served by one endpoint, and by the same one in every replica. */
@Timeout(60)
class HashedKeyIT {

    private static final int WORKSPACES = 200;
    private static final long FIRST_WORKSPACE = 140_737_488_486_400L;

    private List<LiveEndpoint> tasks = List.of();

    @BeforeEach
    void startTasks() throws IOException {
        tasks = LiveEndpoint.tasks(6);
    }

    @AfterEach
    void stop() {
        tasks.forEach(LiveEndpoint::close);
    }

    private LiveRouter router(String policy) {
        String addresses = tasks.stream().map(LiveEndpoint::name).collect(Collectors.joining(", "));
        return LiveRouter.start(
                "upstreams: [{ name: vvm, endpoints: [{ static: [" + addresses + "] }], balancer: { policy: "
                        + policy + ", bound-percent: 0, key: { path-group: "
                        + "['^/api/v2/apps/[^/]+/[^/]+/workspaces/(\\d+)/', '^/(?:api|blob)/[^/]+/[^/]+/(\\d+)(?:/|$)'] } } }]\n");
    }

    private static String get(RawClient client, String path) throws IOException {
        return client.exchange("GET " + path + " HTTP/1.1\r\nHost: live\r\n\r\n")
                .body()
                .text();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring-hash", "maglev"})
    void aWorkspaceIsServedByOneEndpointInEveryReplica(String policy) throws IOException {
        try (LiveRouter one = router(policy);
                LiveRouter other = router(policy);
                RawClient client = RawClient.connect(one.address());
                RawClient elsewhere = RawClient.connect(other.address())) {
            Map<Long, Set<String>> served = new HashMap<>();
            for (long workspace = FIRST_WORKSPACE; workspace < FIRST_WORKSPACE + WORKSPACES; workspace++) {
                Set<String> by = served.computeIfAbsent(workspace, number -> new HashSet<>());
                by.add(get(client, "/api/v2/apps/untill/fiscal/workspaces/" + workspace + "/docs/x"));
                by.add(get(client, "/api/untill/fiscal/" + workspace + "/q.sys.Collection?a=b"));
                by.add(get(elsewhere, "/blob/untill/fiscal/" + workspace));
            }
            assertThat(served.values()).allSatisfy(by -> assertThat(by).hasSize(1));
            assertThat(served.values().stream().flatMap(Set::stream).collect(Collectors.toSet()))
                    .as("endpoints that serve any")
                    .hasSize(tasks.size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring-hash", "maglev"})
    void requestsWithoutAWorkspaceAreBalanced(String policy) throws IOException {
        try (LiveRouter router = router(policy);
                RawClient client = RawClient.connect(router.address())) {
            Set<String> by = new HashSet<>();
            for (int i = 0; i < tasks.size(); i++) {
                by.add(get(client, "/api/check"));
            }
            assertThat(by).hasSize(tasks.size());
        }
    }
}
