package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.proxy.testing.Body;
import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import io.evenkeel.proxy.testing.RecordedRequest;
import io.evenkeel.proxy.testing.RouterFixture;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.awaitility.core.ConditionFactory;

/** What has to come of the octets of a {@link Row}: at the client, at the upstream and of the connection. */
@FunctionalInterface
interface Verdict {

    /** A request that nothing can be wrong with; what else the upstream has seen by then, was forwarded before it. */
    String CANARY = "GET /canary HTTP/1.1\r\nHost: canary\r\n\r\n";

    void check(RouterFixture router, String input) throws IOException;

    /** One of these statuses, the request id in a short body, the connection closed, and not one octet forwarded. */
    static Verdict refused(Integer... statuses) {
        return (router, input) -> {
            try (RawClient client = router.client()) {
                Refusal.assertClosing(client, input, statuses);
            }
            assertOnlyCanaryArrives(router);
        };
    }

    /** Refused as above, but found out in the content, when the head may be on its way: no whole request may arrive. */
    static Verdict contentRefused(Integer... statuses) {
        return (router, input) -> {
            try (RawClient client = router.client()) {
                Refusal.assertClosing(client, input, statuses);
                assertNoWholeRequest(router);
            }
            assertCanaryArrives(router);
        };
    }

    /** Answered by the router itself, nothing forwarded, and the connection in the state that the answer announces. */
    static Verdict answered(Integer... statuses) {
        return (router, input) -> {
            try (RawClient client = router.client()) {
                RawResponse response = client.exchange(input);
                assertThat(response.status()).as("%s", response).isIn((Object[]) statuses);
                Refusal.assertShort(response);
                assertKeepsItsWord(client, response);
            }
            assertOnlyCanaryArrives(router);
        };
    }

    /** Forwarded octet for octet and answered, and the connection stays open. */
    static Verdict forwardedUnchanged() {
        return (router, input) -> {
            int head = input.indexOf("\r\n\r\n") + 4;
            forwarded(input.substring(0, head), input.substring(head)).check(router, input);
        };
    }

    /** Forwarded with exactly this head and no content, and the connection stays open. */
    static Verdict forwarded(String head) {
        return forwarded(head, "");
    }

    /** Forwarded with exactly this head and, once unframed, this content, and the connection stays open. */
    static Verdict forwarded(String head, String content) {
        return (router, input) -> {
            try (RawClient client = router.client()) {
                RawResponse response = client.exchange(input);
                assertThat(response.status()).as("%s", response).isEqualTo(200);
                assertThat(response.saysClose()).isFalse();
                RecordedRequest request = onlyRequest(router);
                assertThat(request.head()).isEqualTo(head);
                assertThat(request.body().text()).isEqualTo(content);
                assertThat(client.exchange(CANARY).status()).isEqualTo(200);
            }
        };
    }

    /** Forwarded in a form for which this holds. */
    static Verdict forwardedSuchThat(Consumer<RecordedRequest> check) {
        return (router, input) -> {
            try (RawClient client = router.client()) {
                RawResponse response = client.exchange(input);
                assertThat(response.status()).as("%s", response).isEqualTo(200);
                check.accept(onlyRequest(router));
                assertKeepsItsWord(client, response);
            }
        };
    }

    /** The specification leaves it open: refused with one of these, or forwarded, but then in a form that no one can misread. */
    static Verdict refusedOrForwardedStrictly(Integer... statuses) {
        return refusedOrForwardedSuchThat(request -> {}, statuses);
    }

    /** The specification leaves it open: refused with one of these, or forwarded in a form for which this holds. */
    static Verdict refusedOrForwardedSuchThat(Consumer<RecordedRequest> check, Integer... statuses) {
        return (router, input) -> {
            try (RawClient client = router.client()) {
                RawResponse response = client.exchange(input);
                if (response.status() == 200) {
                    check.accept(onlyRequest(router));
                } else {
                    assertThat(response.status()).as("%s", response).isIn((Object[]) statuses);
                    assertNoWholeRequest(router);
                }
                assertKeepsItsWord(client, response);
            }
        };
    }

    /** Not clearly valid, not clearly harmful: refused with one of these, or forwarded octet for octet. */
    static Verdict refusedOrForwardedUnchanged(Integer... statuses) {
        return (router, input) -> {
            refusedOrForwardedStrictly(statuses).check(router, input);
            assertThat(router.upstream().requests())
                    .filteredOn(request -> !request.target().equals("/canary"))
                    .allMatch(request -> request.head().equals(input));
        };
    }

    /** Waits for what another thread is about to do, without the pause that Awaitility begins with. */
    static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(10)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
    }

    /** The single request that the upstream has received. */
    static RecordedRequest onlyRequest(RouterFixture router) {
        eventually().untilAsserted(() -> {
            assertThat(router.upstream().violations()).isEmpty();
            assertThat(router.upstream().requests()).hasSize(1).allMatch(RecordedRequest::complete);
        });
        return router.upstream().requests().get(0);
    }

    /** The connection closes if and only if the response says so (RFC 9112 §9.6). */
    static void assertKeepsItsWord(RawClient client, RawResponse response) throws IOException {
        assertKeepsItsWord(client, response, 200);
    }

    /** The same where even a good request is answered with this status. */
    static void assertKeepsItsWord(RawClient client, RawResponse response, int nextStatus) throws IOException {
        if (response.saysClose() || response.body().framing() == Body.Framing.UNTIL_CLOSE) {
            assertThat(client.peerCloses()).as("closes as announced").isTrue();
        } else {
            assertThat(client.exchange(CANARY).status())
                    .as("stays open as announced")
                    .isEqualTo(nextStatus);
        }
    }

    private static void assertOnlyCanaryArrives(RouterFixture router) throws IOException {
        List<RecordedRequest> known = List.copyOf(router.upstream().requests());
        assertCanaryArrives(router);
        assertThat(known)
                .filteredOn(r -> !r.target().equals("/canary"))
                .as("forwarded")
                .isEmpty();
        assertThat(router.upstream().requests()).as("forwarded").allMatch(r -> r.target()
                .equals("/canary"));
        assertThat(router.upstream().hasUnread()).as("forwarded in pieces").isFalse();
    }

    private static void assertNoWholeRequest(RouterFixture router) {
        assertThat(router.upstream().requests()).as("forwarded as whole").noneMatch(RecordedRequest::complete);
    }

    private static void assertCanaryArrives(RouterFixture router) throws IOException {
        try (RawClient client = router.client()) {
            assertThat(client.exchange(CANARY).status())
                    .as("the router after it")
                    .isEqualTo(200);
        }
    }
}
