package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.HeaderMatch;
import io.evenkeel.config.MatchConfig;
import io.evenkeel.config.RouteConfig;
import io.evenkeel.config.RouterConfig;
import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RecordEdit;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.TestConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which route takes a request: each rewrites its prefix to its own name, so that the forwarded target tells. */
final class RoutingTest {

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.start(RoutingTest::config);

    @ParameterizedTest
    @CsvSource({
        "GET /x, exact.example, '', /host-exact/x",
        "GET /x, EXACT.example, '', /host-exact/x",
        "GET /x, exact.example:8080, '', /host-exact/x",
        "GET /x, sub.wild.example, '', /host-wildcard/x",
        "GET /x, a.b.wild.example, '', /host-wildcard/x|/other/x",
        "GET /x, wild.example, '', /other/x",
        "GET /x, notwild.example, '', /other/x",
        "GET http://exact.example/x, other, '', /host-exact/x",
        "DELETE /x, a, '', /method/x",
        "GET /x, a, 'X-Tenant: blue', /header/x",
        "GET /x, a, 'x-tenant: blue', /header/x",
        "GET /x, a, 'X-Tenant: red', /other/x",
        "GET /x, a, 'X-Tenant: blues', /other/x",
        "GET /prefix/x?y, a, '', /rewritten/x?y",
        "GET /prefix/, a, '', /rewritten/",
        "GET /prefixed, a, '', /other/prefixed",
        "GET /prefix//x, a, '', /rewritten//x",
        "GET /pre%66ix/x, a, '', /other/pre%66ix/x|/rewritten/x",
        "GET /?q, a, '', /other/?q"
    })
    void firstRouteThatMatchesTakesTheRequest(String line, String host, String field, String target)
            throws IOException {
        try (RawClient client = ROUTER.client()) {
            String fields = field.isEmpty() ? "" : field + "\r\n";
            assertThat(client.exchange(line + " HTTP/1.1\r\nHost: " + host + "\r\n" + fields + "\r\n")
                            .status())
                    .isEqualTo(200);
        }
        assertThat(Verdict.onlyRequest(ROUTER).target()).isIn((Object[]) target.split("\\|", -1));
    }

    private static RouterConfig config(InetSocketAddress endpoint) {
        List<RouteConfig> routes = List.of(
                route(
                        "host-exact",
                        new MatchConfig(
                                List.of("exact.example"), Optional.empty(), Optional.of("/"), List.of(), List.of())),
                route(
                        "host-wildcard",
                        new MatchConfig(
                                List.of("*.wild.example"), Optional.empty(), Optional.of("/"), List.of(), List.of())),
                route(
                        "method",
                        new MatchConfig(List.of(), Optional.empty(), Optional.of("/"), List.of("DELETE"), List.of())),
                route(
                        "header",
                        new MatchConfig(
                                List.of(),
                                Optional.empty(),
                                Optional.of("/"),
                                List.of(),
                                List.of(new HeaderMatch("X-Tenant", Optional.of("blue"))))),
                route(
                        "rewritten",
                        new MatchConfig(List.of(), Optional.empty(), Optional.of("/prefix/"), List.of(), List.of())),
                route("other", new MatchConfig(List.of(), Optional.empty(), Optional.of("/"), List.of(), List.of())));
        return TestConfig.with(TestConfig.plain(endpoint), "routes", routes);
    }

    private static RouteConfig route(String name, MatchConfig match) {
        return RecordEdit.with(
                RouteConfig.of(name, match, "endpoints"), "rewritePathPrefix", Optional.of("/" + name + "/"));
    }
}
