package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.config.RouterConfig;
import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import io.evenkeel.proxy.testing.RecordedRequest;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.TestConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one client may ask for, and the status beyond it: RFC 9110 §15.5, RFC 6585 §5. */
final class LimitTest {

    private static final int MAX_TARGET = 8_192;
    private static final int MAX_FIELDS = 50;
    private static final int MAX_HEAD = 16_384;
    private static final int MAX_BODY = 10_000;

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.start(LimitTest::config);

    @ParameterizedTest
    @CsvSource({"8192, 200", "8193, 414", "12000, 414", "40000, 414"})
    void targetBeyondItsLimitIs414(int octets, int status) throws IOException {
        verdict(status, 414).check(ROUTER, "GET /" + "x".repeat(octets - 1) + " HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    @Test
    void targetThatNeverEndsIs414OrTooLarge() throws IOException {
        Verdict.refused(414, 431, 400).check(ROUTER, "GET /" + "x".repeat(MAX_HEAD * 8));
    }

    @ParameterizedTest
    @CsvSource({"49, 200", "50, 431", "1000, 431"})
    void moreFieldsThanAllowedAre431(int besidesHost, int status) throws IOException {
        verdict(status, 431).check(ROUTER, "GET / HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(besidesHost) + "\r\n");
    }

    @ParameterizedTest
    @CsvSource({"16384, 200", "16385, 431", "100000, 431"})
    void headBeyondItsLimitIs431(int octets, int status) throws IOException {
        String frame = "GET / HTTP/1.1\r\nHost: a\r\nX: \r\n\r\n";
        String head = frame.replace("X: ", "X: " + "y".repeat(octets - frame.length()));
        verdict(status, 431).check(ROUTER, head);
    }

    @Test
    void headThatNeverEndsIs431() throws IOException {
        Verdict.refused(431).check(ROUTER, "GET / HTTP/1.1\r\nHost: a\r\nX: " + "y".repeat(MAX_HEAD * 8));
    }

    @ParameterizedTest
    @CsvSource({"10001", "100000", "999999999999999999"})
    void declaredContentBeyondTheLimitIs413BeforeAnythingIsForwarded(long octets) throws IOException {
        Verdict.refused(413).check(ROUTER, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + octets + "\r\n\r\n");
    }

    @Test
    void contentAtTheLimitPasses() throws IOException {
        String fixed = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + MAX_BODY + "\r\n\r\n" + "x".repeat(MAX_BODY);
        Verdict.forwardedUnchanged().check(ROUTER, fixed);
        ROUTER.upstream().reset();
        String chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2710\r\n";
        Verdict.forwardedSuchThat(request -> assertThat(request.body().length()).isEqualTo(MAX_BODY))
                .check(ROUTER, chunked + "x".repeat(MAX_BODY) + "\r\n0\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({"2711", "ffff", "7fffffffffffffff"})
    void chunkBeyondTheLimitIs413(String size) throws IOException {
        String head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
        Verdict.contentRefused(413, 400).check(ROUTER, head + size + "\r\n" + "x".repeat(MAX_BODY + 1));
    }

    @Test
    void chunksThatTogetherPassTheLimitAre413() throws IOException {
        String head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
        Verdict.contentRefused(413)
                .check(ROUTER, head + ("64\r\n" + "x".repeat(100) + "\r\n").repeat(101) + "0\r\n\r\n");
    }

    @Test
    void contentBeyondTheLimitIsAnsweredEvenIfItWaitedForTheFirstUpstreamConnection() throws IOException {
        String request = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n";
        try (RouterFixture router = RouterFixture.plainWith("listeners.0.limits.maxBodyBytes", 3L)) {
            try (RawClient client = router.client()) {
                Refusal.assertClosing(client, request, 413);
            }
            assertThat(router.upstream().requests()).noneMatch(RecordedRequest::complete);
        }
    }

    @Test
    void connectionsBeyondThoseOfOneClientAreRefusedAndOthersLive() throws IOException {
        String path = "listeners.0.limits.maxConnectionsPerClient";
        try (RouterFixture router = RouterFixture.plainWith(path, 2);
                RawClient first = router.client()) {
            assertThat(first.exchange(Verdict.CANARY).status()).isEqualTo(200);
            try (RawClient second = router.client();
                    RawClient third = router.client()) {
                assertThat(second.exchange(Verdict.CANARY).status()).isEqualTo(200);
                assertThat(refused(third)).isTrue();
                assertThat(first.exchange(Verdict.CANARY).status()).isEqualTo(200);
            }
            await().untilAsserted(() -> {
                try (RawClient again = router.client()) {
                    assertThat(refused(again)).isFalse();
                }
            });
        }
    }

    @Test
    void connectionsBeyondThoseOfTheListenerAreRefusedAndOthersLive() throws IOException {
        try (RouterFixture router = RouterFixture.plainWith("listeners.0.limits.maxConnections", 1);
                RawClient first = router.client()) {
            assertThat(first.exchange(Verdict.CANARY).status()).isEqualTo(200);
            try (RawClient second = router.client()) {
                assertThat(refused(second)).isTrue();
            }
            assertThat(first.exchange(Verdict.CANARY).status()).isEqualTo(200);
        }
    }

    @Test
    void lastRequestOfAConnectionIsAnsweredWithClose() throws IOException {
        try (RouterFixture router = RouterFixture.plainWith("listeners.0.limits.maxRequestsPerConnection", 2);
                RawClient client = router.client()) {
            assertThat(client.exchange(Verdict.CANARY).saysClose()).isFalse();
            RawResponse last = client.exchange(Verdict.CANARY);
            assertThat(last.status()).isEqualTo(200);
            assertThat(last.saysClose()).isTrue();
            assertThat(client.peerCloses()).isTrue();
        }
    }

    /** Closed at once, or told 503 and closed; anything else is an answer. */
    private static boolean refused(RawClient client) throws IOException {
        client.sendWhilePeerListens(Verdict.CANARY);
        return client.peerCloses() || client.read().status() == 503;
    }

    private static Verdict verdict(int status, int refusal) {
        return status == 200 ? Verdict.forwardedUnchanged() : Verdict.refused(refusal);
    }

    private static RouterConfig config(InetSocketAddress endpoint) {
        RouterConfig config = TestConfig.plain(endpoint);
        config = TestConfig.with(config, "listeners.0.limits.maxTargetBytes", MAX_TARGET);
        config = TestConfig.with(config, "listeners.0.limits.maxFields", MAX_FIELDS);
        config = TestConfig.with(config, "listeners.0.limits.maxHeadBytes", MAX_HEAD);
        return TestConfig.with(config, "listeners.0.limits.maxBodyBytes", (long) MAX_BODY);
    }
}
