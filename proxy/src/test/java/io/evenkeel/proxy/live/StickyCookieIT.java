package io.evenkeel.proxy.live;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import java.io.IOException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed cookies bring clients back, and nothing else does. */
@Timeout(60)
class StickyCookieIT {

    private static final String SECRET = "an operator's own secret";
    private static final int REQUESTS = 20;

    private List<LiveEndpoint> tasks = List.of();

    @BeforeEach
    void startTasks() throws IOException {
        tasks = LiveEndpoint.tasks(3);
    }

    @AfterEach
    void stop() {
        tasks.forEach(LiveEndpoint::close);
    }

    private static String yaml(List<LiveEndpoint> tasks, String secret, String more) {
        String addresses = tasks.stream().map(LiveEndpoint::name).collect(Collectors.joining(", "));
        return "upstreams: [{ name: vvm, endpoints: [{ static: [" + addresses + "] }]" + more
                + ", balancer: { policy: round-robin, sticky: { secret: \"" + secret
                + "\", cookie: session, path: /app, same-site: strict } } }]\n";
    }

    private LiveRouter router() {
        return LiveRouter.start(yaml(tasks, SECRET, ""));
    }

    private static RawResponse get(RawClient client, String cookie) throws IOException {
        return client.exchange("GET /app HTTP/1.1\r\nHost: live\r\n" + cookie + "\r\n");
    }

    /** The cookie as a client sends it back. */
    private static String cookie(RawResponse response) {
        String set = response.fields().joined("Set-Cookie");
        return "Cookie: theme=dark; " + set.substring(0, set.indexOf(';')) + "\r\n";
    }

    private LiveEndpoint task(RawResponse response) {
        return tasks.stream()
                .filter(task -> task.name().equals(response.body().text()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theFirstAnswerGivesACookieThatLeadsBackAndNoOtherAnswerDoes() throws IOException {
        try (LiveRouter router = router();
                RawClient client = RawClient.connect(router.address())) {
            RawResponse first = get(client, "");
            assertThat(first.fields().joined("Set-Cookie"))
                    .matches("session=[A-Za-z0-9_-]{34}; Path=/app; HttpOnly; SameSite=Strict");
            for (int i = 0; i < REQUESTS; i++) {
                RawResponse again = get(client, cookie(first));
                assertThat(task(again)).isEqualTo(task(first));
                assertThat(again.fields().has("Set-Cookie")).isFalse();
            }
            assertThat(router.metric("evenkeel_sticky_total", "result=\"new\"")).isEqualTo(1);
            assertThat(router.metric("evenkeel_sticky_total", "result=\"hit\"")).isEqualTo(REQUESTS);
        }
    }

    @Test
    void eachEndpointHasACookieOfItsOwn() throws IOException {
        try (LiveRouter router = router();
                RawClient client = RawClient.connect(router.address())) {
            Set<String> cookies = new HashSet<>();
            for (int i = 0; i < tasks.size(); i++) {
                cookies.add(cookie(get(client, "")));
            }
            assertThat(cookies).hasSize(tasks.size());
            assertThat(cookies)
                    .map(StickyCookieIT::content)
                    .noneMatch(content -> content.contains("127.0.0.1") || content.contains("\u007f\0\0\u0001"));
        }
    }

    /** The bytes of a cookie, each as a character. */
    private static String content(String cookie) {
        String value = cookie.substring(cookie.indexOf("session=") + "session=".length());
        return new String(Base64.getUrlDecoder().decode(value.strip()), ISO_8859_1);
    }

    @Test
    void anotherReplicaWithTheSecretKnowsTheCookie() throws IOException {
        try (LiveRouter one = router();
                LiveRouter other = router();
                RawClient client = RawClient.connect(one.address());
                RawClient elsewhere = RawClient.connect(other.address())) {
            RawResponse first = get(client, "");
            for (int i = 0; i < REQUESTS; i++) {
                assertThat(task(get(elsewhere, cookie(first)))).isEqualTo(task(first));
            }
        }
    }

    @Test
    void aCookieMadeWithAnotherSecretIsForged() throws IOException {
        try (LiveRouter router = router();
                LiveRouter stranger = LiveRouter.start(yaml(tasks, "another secret of 16", ""));
                RawClient client = RawClient.connect(router.address());
                RawClient elsewhere = RawClient.connect(stranger.address())) {
            RawResponse answer = get(client, cookie(get(elsewhere, "")));
            assertThat(answer.fields().has("Set-Cookie")).isTrue();
            assertThat(router.metric("evenkeel_sticky_total", "result=\"forged\""))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ", "\"\"", "%00", "a=b=c", "é"})
    void nonsenseIsForgedAndANewCookieIsSet(String value) throws IOException {
        try (LiveRouter router = router();
                RawClient client = RawClient.connect(router.address())) {
            RawResponse answer = get(client, "Cookie: session=" + value + "\r\n");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.fields().has("Set-Cookie")).isTrue();
            assertThat(router.metric("evenkeel_sticky_total", "result=\"forged\""))
                    .isEqualTo(1);
        }
    }

    @Test
    void theCookieOfAnEndpointThatLeftLeadsToAnotherWithANewCookie() throws IOException {
        try (LiveRouter router = router();
                RawClient client = RawClient.connect(router.address())) {
            RawResponse first = get(client, "");
            LiveEndpoint gone = task(first);
            List<LiveEndpoint> others =
                    tasks.stream().filter(task -> task != gone).toList();
            router.apply(yaml(others, SECRET, ""));
            RawResponse second = get(client, cookie(first));
            assertThat(task(second)).isNotEqualTo(gone);
            assertThat(router.metric("evenkeel_sticky_total", "result=\"lost\""))
                    .isEqualTo(1);
            assertThat(task(get(client, cookie(second)))).isEqualTo(task(second));
            assertThat(router.metric("evenkeel_sticky_total", "result=\"hit\"")).isEqualTo(1);
        }
    }

    @Test
    void aDrainingEndpointKeepsItsSessionsForTheConfiguredTimeAndNotLonger() throws IOException {
        try (LiveRouter router = LiveRouter.start(yaml(tasks, SECRET, ", drain: { sticky: 1h, deadline: 2h }"));
                RawClient client = RawClient.connect(router.address())) {
            RawResponse first = get(client, "");
            LiveEndpoint drained = task(first);
            router.post("/drain?endpoint=" + drained.name());
            assertThat(task(get(client, cookie(first)))).isEqualTo(drained);
            assertThat(task(get(client, ""))).isNotEqualTo(drained);

            router.apply(yaml(tasks, SECRET, ", drain: { sticky: 0s }"));
            RawResponse moved = get(client, cookie(first));
            assertThat(task(moved)).isNotEqualTo(drained);
            assertThat(moved.fields().has("Set-Cookie")).isTrue();
        }
    }

    @Test
    void anEndpointThatRefusesIsLeftForAnotherWithANewCookie() throws IOException {
        try (LiveRouter router = router();
                RawClient client = RawClient.connect(router.address())) {
            RawResponse first = get(client, "");
            task(first).close();
            RawResponse second = get(client, cookie(first));
            assertThat(second.status()).isEqualTo(200);
            assertThat(task(second)).isNotEqualTo(task(first));
            assertThat(second.fields().has("Set-Cookie")).isTrue();
        }
    }
}
