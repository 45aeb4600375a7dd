package io.evenkeel.proxy.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.Upstream;
import io.evenkeel.config.BalancerConfig;
import io.evenkeel.config.ConfigFile;
import io.evenkeel.config.HeaderMatch;
import io.evenkeel.config.MatchConfig;
import io.evenkeel.config.RouteConfig;
import io.evenkeel.config.RouterConfig;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.discovery.testing.VirtualScheduler;
import io.evenkeel.proxy.http.HeadVerdict;
import io.evenkeel.proxy.http.RequestHead;
import io.evenkeel.proxy.testing.RecordEdit;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTableTest {

    private static final int TABLES = 1000;
    private static final int REQUESTS = 40;
    private static final RouterConfig BASE = ConfigFile.parse(
                    "test",
                    "listeners: [{ name: web, address: 127.0.0.1:0 }]\n"
                            + "upstreams: [{ name: u, endpoints: [{ static: [127.0.0.1:1] }] }]\n",
                    name -> null)
            .orThrow();

    private final RequestHead head = new RequestHead(16 * 1024, 100);

    private static RouteTable table(List<MatchConfig> matches) {
        List<RouteConfig> routes = new ArrayList<>();
        for (MatchConfig match : matches) {
            routes.add(route("r" + routes.size(), match));
        }
        return RouteTable.of(
                BASE.with(routes, BASE.upstreams()),
                name -> new Upstream(
                        UpstreamConfig.of(name, BalancerConfig.of(BalancerConfig.Policy.LEAST_CONNECTIONS), List.of()),
                        new VirtualScheduler(),
                        event -> {}));
    }

    private static RouteConfig route(String name, MatchConfig match) {
        return RouteConfig.of(name, match, "u");
    }

    private static RouteTable table(MatchConfig... matches) {
        return table(Arrays.asList(matches));
    }

    private static MatchConfig hosts(String... hosts) {
        return new MatchConfig(List.of(hosts), Optional.empty(), Optional.empty(), List.of(), List.of());
    }

    private static MatchConfig prefix(String prefix, String... hosts) {
        return new MatchConfig(List.of(hosts), Optional.empty(), Optional.of(prefix), List.of(), List.of());
    }

    private static MatchConfig path(String path) {
        return new MatchConfig(List.of(), Optional.of(path), Optional.empty(), List.of(), List.of());
    }

    private static MatchConfig methods(String... methods) {
        return new MatchConfig(List.of(), Optional.empty(), Optional.empty(), List.of(methods), List.of());
    }

    private static MatchConfig headers(HeaderMatch... headers) {
        return new MatchConfig(List.of(), Optional.empty(), Optional.empty(), List.of(), List.of(headers));
    }

    /** The index of the route for a request, or −1. */
    private int find(RouteTable table, String request) {
        byte[] octets = request.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(head.read(Unpooled.wrappedBuffer(octets), new RequestHead.Limits(16 * 1024, 100, 8192)))
                .as(request)
                .isEqualTo(HeadVerdict.COMPLETE);
        Route route = table.find(head);
        return route == null ? -1 : route.index();
    }

    private int get(RouteTable table, String host, String target) {
        return find(table, "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    }

    @Test
    void amongThoseThatMatchTheFirstInTheConfigurationWins() {
        RouteTable exactLast = table(hosts(), hosts("*.example.org"), hosts("a.example.org"));
        RouteTable exactFirst = table(hosts("a.example.org"), hosts("*.example.org"), hosts());
        RouteTable wildcardFirst = table(hosts("*.example.org"), hosts("a.example.org"), hosts());

        assertThat(get(exactLast, "a.example.org", "/")).isZero();
        assertThat(get(exactFirst, "a.example.org", "/")).isZero();
        assertThat(get(exactFirst, "b.example.org", "/")).isEqualTo(1);
        assertThat(get(exactFirst, "c.org", "/")).isEqualTo(2);
        assertThat(get(wildcardFirst, "a.example.org", "/")).isZero();
    }

    @Test
    void aHostThatIsNamedStillHasTheRoutesOfItsWildcardsAndOfAnyHost() {
        RouteTable table = table(
                prefix("/exact", "a.b.example.org"),
                prefix("/narrow", "*.b.example.org"),
                prefix("/wide", "*.example.org"),
                prefix("/any"));

        for (String host : List.of("a.b.example.org", "A.B.EXAMPLE.ORG:8080")) {
            assertThat(get(table, host, "/exact")).isZero();
            assertThat(get(table, host, "/narrow")).isEqualTo(1);
            assertThat(get(table, host, "/wide")).isEqualTo(2);
            assertThat(get(table, host, "/any")).isEqualTo(3);
        }
        assertThat(get(table, "x.b.example.org", "/exact")).isEqualTo(-1);
        assertThat(get(table, "x.b.example.org", "/wide")).isEqualTo(2);
        assertThat(get(table, "b.example.org", "/narrow")).isEqualTo(-1);
        assertThat(get(table, "b.example.org", "/wide")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "example.org, true",
        "EXAMPLE.Org, true",
        "example.org:443, true",
        "example.org:, true",
        "a.example.org, false",
        "xexample.org, false",
        "example.orgx, false",
        "example.org.evil.net, false",
        "'', false"
    })
    void anExactHostIsThatHostInAnyCaseOnAnyPort(String host, boolean matches) {
        assertThat(get(table(hosts("example.org")), host, "/")).isEqualTo(matches ? 0 : -1);
    }

    @ParameterizedTest
    @CsvSource({
        "a.example.org, true",
        "a.b.example.org, true",
        "A.EXAMPLE.ORG:80, true",
        "example.org, false",
        ".example.org, false",
        "aexample.org, false",
        "a.example.org.evil.net, false"
    })
    void aWildcardIsEverythingBelowItsHost(String host, boolean matches) {
        assertThat(get(table(hosts("*.example.org")), host, "/")).isEqualTo(matches ? 0 : -1);
    }

    /** RFC 9112 §3.2.2. */
    @Test
    void theAuthorityOfAnAbsoluteTargetIsTheHost() {
        assertThat(get(table(hosts("a"), hosts("b")), "a", "http://B:80/")).isEqualTo(1);
    }

    @Test
    void anHttp10RequestWithoutHostHasOnlyTheRoutesOfAnyHost() {
        assertThat(find(table(hosts("a"), hosts("*.b"), prefix("/")), "GET / HTTP/1.0\r\n\r\n"))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "/api,  /api,       true",
        "/api,  /api/,      true",
        "/api,  /api/x,     true",
        "/api,  /api?q,     true",
        "/api,  /apix,      false",
        "/api,  /API,       false",
        "/api,  /ap,        false",
        "/api,  /x/api,     false",
        "/api,  /x/../api,  true",
        "/api,  /api/../x,  false",
        "/api,  /api%2Fx,   false",
        "/api/, /api/,      true",
        "/api/, /api/x,     true",
        "/api/, /api,       false",
        "/,     /,          true",
        "/,     /x,         true"
    })
    void aPrefixFitsWholeSegments(String prefix, String target, boolean matches) {
        assertThat(get(table(prefix(prefix)), "a", target)).isEqualTo(matches ? 0 : -1);
    }

    @ParameterizedTest
    @CsvSource({
        "/api, /api,      true",
        "/api, /api?q,    true",
        "/api, /./api,    true",
        "/api, /api/,     false",
        "/api, /api/x,    false",
        "/api, /Api,      false"
    })
    void aPathIsTheWholePath(String path, String target, boolean matches) {
        assertThat(get(table(path(path)), "a", target)).isEqualTo(matches ? 0 : -1);
    }

    @Test
    void theAsteriskIsNoPath() {
        String request = "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n";

        assertThat(find(table(prefix("/"), path("/")), request)).isEqualTo(-1);
        assertThat(find(table(hosts()), request)).isZero();
    }

    @Test
    void oneOfTheMethodsMustMatch() {
        RouteTable table = table(methods("POST", "PUT"), methods("GET"));

        assertThat(get(table, "a", "/")).isEqualTo(1);
        assertThat(find(table, "PUT / HTTP/1.1\r\nHost: a\r\n\r\n")).isZero();
        assertThat(find(table, "PUTT / HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(-1);
        assertThat(find(table, "put / HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(-1);
    }

    @Test
    void everyHeaderMustMatchInOneOfItsLines() {
        RouteTable table =
                table(headers(new HeaderMatch("X-A", Optional.of("1")), new HeaderMatch("x-b", Optional.empty())));
        String start = "GET / HTTP/1.1\r\nHost: a\r\n";

        assertThat(find(table, start + "x-a: 1\r\nX-B:\r\n\r\n")).isZero();
        assertThat(find(table, start + "X-A: 2\r\nX-A: 1 \r\nX-B: z\r\n\r\n")).isZero();
        assertThat(find(table, start + "X-A: 1\r\n\r\n")).isEqualTo(-1);
        assertThat(find(table, start + "X-A: 12\r\nX-B: z\r\n\r\n")).isEqualTo(-1);
        assertThat(find(table, start + "X-B: z\r\n\r\n")).isEqualTo(-1);
    }

    @Test
    void anEmptyTableHasNoRoute() {
        assertThat(get(table(), "a", "/")).isEqualTo(-1);
    }

    @Test
    void timeOutsAreTheRoutesOwnOrTheUpstreams() {
        RouteTimeouts own = RouteTimeouts.of(
                RecordEdit.with(
                        RecordEdit.with(
                                RecordEdit.with(
                                        route("r", MatchConfig.defaults()), "idleTimeout", Optional.of(Duration.ZERO)),
                                "responseHeadTimeout",
                                Optional.of(Duration.ofSeconds(7))),
                        "totalTimeout",
                        Optional.of(Duration.ofSeconds(8))),
                BASE.upstreams().get(0).timeouts());
        RouteTimeouts inherited = RouteTimeouts.of(
                route("r", MatchConfig.defaults()), BASE.upstreams().get(0).timeouts());

        assertThat(own).isEqualTo(new RouteTimeouts(5_000_000_000L, 7_000_000_000L, 0, 8_000_000_000L));
        assertThat(inherited).isEqualTo(new RouteTimeouts(5_000_000_000L, 60_000_000_000L, 60_000_000_000L, 0));
    }

    /** Against looking at every route in turn. */
    @Test
    void theTableFindsWhatALinearSearchFinds() {
        Random random = new Random(21);
        int found = 0;
        for (int i = 0; i < TABLES; i++) {
            List<MatchConfig> matches = new ArrayList<>();
            for (int left = random.nextInt(12); left > 0; left--) {
                matches.add(randomMatch(random));
            }
            RouteTable table = table(matches);
            for (int j = 0; j < REQUESTS; j++) {
                Request request = Request.random(random);
                int expected = linear(matches, request);
                found += expected >= 0 ? 1 : 0;
                assertThat(find(table, request.text()))
                        .as("%s in %s", request, matches)
                        .isEqualTo(expected);
            }
        }
        assertThat(found).isBetween(TABLES * REQUESTS / 5, TABLES * REQUESTS * 4 / 5);
    }

    private static final String[] HOSTS = {"a", "b", "a.b", "b.a", "a.a.b", "b.b.a.b", "xa.b", "a.bx"};
    private static final String[] PATHS = {"/", "/a", "/a/", "/a/b", "/ab", "/a/b/c", "/b"};
    private static final String[] METHODS = {"GET", "PUT", "X"};

    private static <T> T any(T[] of, Random random) {
        return of[random.nextInt(of.length)];
    }

    private static MatchConfig randomMatch(Random random) {
        List<String> hosts = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            hosts.add((random.nextBoolean() ? "*." : "") + any(HOSTS, random));
        }
        int kind = random.nextInt(4);
        return new MatchConfig(
                hosts,
                kind == 0 ? Optional.of(any(PATHS, random)) : Optional.empty(),
                kind > 1 ? Optional.of(any(PATHS, random)) : Optional.empty(),
                random.nextInt(3) == 0 ? List.of(any(METHODS, random)) : List.of(),
                random.nextInt(4) == 0
                        ? List.of(new HeaderMatch("X-T", random.nextBoolean() ? Optional.of("1") : Optional.empty()))
                        : List.of());
    }

    private record Request(String method, String host, String path, String tenant) {

        static Request random(Random random) {
            String host = any(HOSTS, random);
            return new Request(
                    any(METHODS, random),
                    random.nextBoolean() ? host.toUpperCase(Locale.ROOT) : host,
                    any(PATHS, random),
                    any(new String[] {"", "1", "2"}, random));
        }

        String text() {
            return method + " " + path + "?q HTTP/1.1\r\nHost: " + host + ":80\r\n"
                    + (tenant.isEmpty() ? "" : "x-t: " + tenant + "\r\n") + "\r\n";
        }
    }

    private static int linear(List<MatchConfig> matches, Request request) {
        for (int i = 0; i < matches.size(); i++) {
            if (fits(matches.get(i), request)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean fits(MatchConfig match, Request request) {
        String host = request.host().toLowerCase(Locale.ROOT);
        return (match.hosts().isEmpty() || match.hosts().stream().anyMatch(pattern -> fits(pattern, host)))
                && match.path().map(request.path()::equals).orElse(true)
                && match.pathPrefix()
                        .map(prefix -> below(request.path(), prefix))
                        .orElse(true)
                && (match.methods().isEmpty() || match.methods().contains(request.method()))
                && match.headers().stream()
                        .allMatch(header -> !request.tenant().isEmpty()
                                && header.value().map(request.tenant()::equals).orElse(true));
    }

    private static boolean fits(String pattern, String host) {
        return pattern.startsWith("*") ? host.endsWith(pattern.substring(1)) : pattern.equals(host);
    }

    private static boolean below(String path, String prefix) {
        return Objects.equals(path, prefix) || path.startsWith(prefix.endsWith("/") ? prefix : prefix + "/");
    }
}
