package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.RouterConfig;
import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import io.evenkeel.proxy.testing.RecordingUpstream;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.TestConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One reading of a path for routing and forwarding: RFC 3986 §6.2.2. The router serves {@code /open/} from one upstream and
 * {@code /closed/} from another; no spelling of a path may reach the one while asking for the other.
 */
final class TargetTest {

    private static final RecordingUpstream CLOSED = RecordingUpstream.start();

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.start(TargetTest::config);

    @BeforeEach
    void forgetClosed() {
        CLOSED.reset();
    }

    @AfterAll
    static void stopClosed() {
        CLOSED.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/open/../closed/x",
                "/open/a/../../closed/x",
                "/open/./../closed/x",
                "/open/%2e%2e/closed/x",
                "/open/%2E%2E/closed/x",
                "/open/.%2e/closed/x",
                "/open/%2e./closed/x",
                "/open/..%2fclosed/x",
                "/open/..%2Fclosed/x",
                "/open/%2e%2e%2fclosed/x",
                "/open%2f..%2fclosed/x",
                "/open/..%5cclosed/x",
                "/open/..\\closed/x",
                "/open/..;/closed/x",
                "/open/%252e%252e/closed/x",
                "/open//../closed/x",
                "/open/..//closed/x",
                "/open/x/..%00/../closed/x",
                "http://a/open/../closed/x",
                "/open/%c0%ae%c0%ae/closed/x",
                "/closed/../open/x",
                "/closed/%2e%2e/open/x",
                "/closed/..%2fopen/x",
                "/closed/./x",
                "/open/../../closed/x",
                "/../closed/x",
                "/%2e%2e/closed/x",
                "/open/..",
                "/open/.",
                "/open/%2e",
                "/.",
                "/..",
                "/%2e%2e%2f"
            })
    void upstreamThatServesATargetIsTheOneThatTheForwardedTargetNames(String target) throws IOException {
        try (RawClient client = ROUTER.client()) {
            RawResponse response = client.exchange("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(response.status()).as("%s", response).isIn(200, 400, 404);
        }
        ROUTER.upstream().requests().forEach(request -> assertServes("/open/", request.target()));
        CLOSED.requests().forEach(request -> assertServes("/closed/", request.target()));
    }

    @ParameterizedTest
    @CsvSource({"/open/a/./b", "/open/a/../b", "/open/a/%2e%2e/b", "/open/%61", "/open/a%2fb", "/open//a", "/open/a/.."
    })
    void pathThatStaysWithinItsRouteIsServedOrRefusedButNeverMoved(String target) throws IOException {
        try (RawClient client = ROUTER.client()) {
            RawResponse response = client.exchange("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(response.status()).as("%s", response).isIn(200, 400);
        }
        assertThat(CLOSED.requests()).isEmpty();
    }

    @Test
    void queryIsNoPartOfThePath() throws IOException {
        try (RawClient client = ROUTER.client()) {
            client.exchange("GET /open/x?/../closed/%2e%2e/ HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        assertThat(ROUTER.upstream().requests()).singleElement().satisfies(request -> assertThat(request.target())
                .isEqualTo("/open/x?/../closed/%2e%2e/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/open", "/opened", "/OPEN/", "/elsewhere", "/x/open/", "//open/x", "/open%2fx", "/?/open/"
            })
    void pathOutsideEveryRouteIsNotFoundOrRefusedAndNotForwarded(String target) throws IOException {
        try (RawClient client = ROUTER.client()) {
            RawResponse response = client.exchange("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(response.status()).as("%s", response).isIn(404, 400);
            Refusal.assertShort(response);
        }
        assertThat(ROUTER.upstream().requests()).isEmpty();
        assertThat(CLOSED.requests()).isEmpty();
    }

    /** Reads the target as it is and as endpoints do that decode before they resolve dot segments. */
    private static void assertServes(String prefix, String target) {
        String path = target.replaceAll("\\?.*", "");
        assertThat(resolved(path)).as("a reading of %s", target).startsWith(prefix);
        assertThat(resolved(decoded(path))).as("a reading of %s", target).startsWith(prefix);
    }

    private static String decoded(String path) {
        return path.replaceAll("(?i)%2e", ".").replaceAll("(?i)%2f", "/");
    }

    private static String resolved(String path) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : path.substring(1).split("/", -1)) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.equals(".")) {
                segments.add(segment);
            }
        }
        return "/" + String.join("/", segments) + (path.endsWith("/..") || path.endsWith("/.") ? "/" : "");
    }

    private static RouterConfig config(InetSocketAddress open) {
        RouterConfig config = TestConfig.plain(open);
        config = TestConfig.with(
                config,
                "upstreams",
                List.of(TestConfig.upstream("open", open), TestConfig.upstream("closed", CLOSED.address())));
        return TestConfig.with(
                config,
                "routes",
                List.of(TestConfig.route("open", "/open/", "open"), TestConfig.route("closed", "/closed/", "closed")));
    }
}
