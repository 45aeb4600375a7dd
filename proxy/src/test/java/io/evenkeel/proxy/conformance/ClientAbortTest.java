package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RecordedRequest;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Step;
import io.evenkeel.proxy.testing.UpstreamConnection;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that leaves, in any way, in any phase: everything it held comes back, and the endpoint is not to blame. */
final class ClientAbortTest {

    private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n";
    private static final String CHUNKED = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.plain();

    /** How a client leaves. */
    enum Exit {
        FIN,
        RST;

        void leave(RawClient client) throws IOException {
            if (this == FIN) {
                client.close();
            } else {
                client.reset();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void clientThatLeavesWithinTheHeadForwardsNothing(Exit exit) throws IOException {
        try (RawClient client = ROUTER.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nX: ");
            exit.leave(client);
        }
        ROUTER.assertAtRest();
        assertThat(ROUTER.upstream().requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void clientThatLeavesWithinTheContentEndsTheUpstreamConnection(Exit exit) throws IOException {
        for (String request :
                new String[] {POST, POST + "abc", CHUNKED, CHUNKED + "3\r\nab", CHUNKED + "3\r\nabc\r\n0\r\n"}) {
            ROUTER.upstream().reset();
            try (RawClient client = ROUTER.client()) {
                client.send(request);
                Verdict.eventually().until(() -> !ROUTER.upstream().requests().isEmpty());
                exit.leave(client);
            }
            assertDiscarded();
            assertThat(ROUTER.upstream().requests()).noneMatch(RecordedRequest::complete);
        }
    }

    @ParameterizedTest
    @EnumSource
    void clientThatResetsWhileWaitingCancelsTheUpstream(Exit exit) throws IOException {
        double failed = endpointFailures();
        ROUTER.upstream().next(Step.readRequest().then(Step.untilClosed()));
        try (RawClient client = ROUTER.client()) {
            client.send(GET);
            Verdict.eventually().until(() -> !ROUTER.upstream().requests().isEmpty());
            exit.leave(client);
        }
        assertDiscarded();
        assertThat(endpointFailures()).as("counted against the endpoint").isEqualTo(failed);
    }

    @ParameterizedTest
    @EnumSource
    void clientThatLeavesWithinTheResponseCancelsTheUpstream(Exit exit) throws IOException {
        long endless = 1L << 34;
        ROUTER.upstream()
                .next(Step.answer("HTTP/1.1 200 OK\r\nContent-Length: " + endless + "\r\n\r\n")
                        .then(Step.sendPattern(endless)));
        try (RawClient client = ROUTER.client()) {
            client.send(GET);
            client.readHead();
            client.skip(100_000);
            exit.leave(client);
        }
        assertDiscarded();
    }

    @ParameterizedTest
    @EnumSource
    void clientThatLeavesWithAPipelineForwardsNoMoreOfIt(Exit exit) throws IOException {
        CountDownLatch gate = new CountDownLatch(1);
        ROUTER.upstream().next(Step.readRequest().then(Step.await(gate)).then(Step.send(Step.OK)));
        try (RawClient client = ROUTER.client()) {
            client.send(GET + POST + "123456789" + GET);
            Verdict.eventually().until(() -> !ROUTER.upstream().requests().isEmpty());
            exit.leave(client);
        }
        if (exit == Exit.RST) {
            ROUTER.assertAtRest();
        }
        gate.countDown();
        ROUTER.assertAtRest();
        assertThat(ROUTER.upstream().requests()).hasSizeLessThanOrEqualTo(exit == Exit.RST ? 1 : 3);
    }

    private static double endpointFailures() {
        return ROUTER.metrics().sum("evenkeel_failures_total", "side=\"upstream\"");
    }

    private static void assertDiscarded() {
        ROUTER.assertAtRest();
        Verdict.eventually().untilAsserted(() -> assertThat(ROUTER.upstream().connections())
                .filteredOn(c -> c.requests().stream().anyMatch(r -> r.target().equals("/")))
                .isNotEmpty()
                .allMatch(UpstreamConnection::closed, "closed by the router"));
    }
}
