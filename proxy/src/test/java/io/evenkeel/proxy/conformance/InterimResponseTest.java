package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Step;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Interim responses and the expectation of one: RFC 9110 §10.1.1, §15.2. */
final class InterimResponseTest {

    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";
    private static final String EXPECTING =
            "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n";

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.plain();

    @Test
    void expectationGoesToTheEndpointAndItsAnswerToTheClientBeforeTheContent() throws IOException {
        ROUTER.upstream()
                .next(Step.readHead()
                        .then(Step.send(CONTINUE))
                        .then(Step.readBody())
                        .then(Step.send(Step.OK)));
        try (RawClient client = ROUTER.client()) {
            client.send(EXPECTING);
            assertThat(client.readOne().status()).isEqualTo(100);
            client.send("abc");
            assertThat(client.read().status()).isEqualTo(200);
            assertThat(Verdict.onlyRequest(ROUTER).body().text()).isEqualTo("abc");
            assertThat(Verdict.onlyRequest(ROUTER).fields().joined("Expect")).isEqualTo("100-continue");
            assertThat(client.exchange(Verdict.CANARY).status()).isEqualTo(200);
        }
    }

    @Test
    void finalStatusInsteadOfContinueIsRelayedAndTheContentIsNotTakenForARequest() throws IOException {
        String refusal = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n";
        ROUTER.upstream().next(Step.readHead().then(Step.send(refusal)).then(Step.untilClosed()));
        try (RawClient client = ROUTER.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 38\r\n\r\n");
            RawResponse response = client.read();
            assertThat(response.status()).isEqualTo(401);
            assertThat(response.interim()).isEmpty();
            client.sendWhilePeerListens("GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n\r\n");
            if (response.saysClose()) {
                assertThat(client.peerCloses()).isTrue();
            } else {
                assertThat(client.exchange(Verdict.CANARY).status()).isEqualTo(200);
            }
        }
        assertThat(ROUTER.upstream().requests()).noneMatch(r -> r.target().equals("/smuggled"));
    }

    @Test
    void clientMaySendContentWithoutWaiting() throws IOException {
        ROUTER.upstream()
                .next(Step.readHead()
                        .then(Step.send(CONTINUE))
                        .then(Step.readBody())
                        .then(Step.send(Step.OK)));
        try (RawClient client = ROUTER.client()) {
            assertThat(client.exchange(EXPECTING + "abc").status()).isEqualTo(200);
            assertThat(client.exchange(Verdict.CANARY).status()).isEqualTo(200);
        }
        assertThat(ROUTER.upstream().requests().get(0).body().text()).isEqualTo("abc");
    }

    @Test
    void endpointMayAnswerWithoutContinueOnceItHasTheContent() throws IOException {
        try (RawClient client = ROUTER.client()) {
            RawResponse response = client.exchange(EXPECTING + "abc");
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.interim()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"100-Continue", "100-CONTINUE"})
    void expectationIsCaseInsensitive(String value) throws IOException {
        try (RawClient client = ROUTER.client()) {
            assertThat(client.exchange(EXPECTING.replace("100-continue", value) + "abc")
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"100-continued", "200-ok", "100-continue, x", "x=y", "100"})
    void expectationThatIsUnknownFailsWith417(String value) throws IOException {
        Row.row(value, EXPECTING.replace("100-continue", value) + "abc", Verdict.answered(417))
                .check(ROUTER);
    }

    @Test
    void expectationOfAnHttp10ClientIsIgnored() throws IOException {
        try (RawClient client = ROUTER.client()) {
            RawResponse response = client.exchange(EXPECTING.replace("HTTP/1.1", "HTTP/1.0") + "abc");
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.interim()).isEmpty();
        }
        assertThat(Verdict.onlyRequest(ROUTER).fields().has("Expect")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"100 Continue", "102 Processing", "103 Early Hints", "110 Unknown", "199 Odd"})
    void interimResponsesAreRelayedInOrderEvenUnasked(String status) throws IOException {
        String interim = "HTTP/1.1 " + status + "\r\nLink: </a>\r\n\r\n";
        ROUTER.upstream().next(Step.answer(interim + interim + Step.OK));
        try (RawClient client = ROUTER.client()) {
            RawResponse response = client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.interim()).hasSize(2).allMatch(r -> r.fields().has("Link"));
            assertThat(client.exchange(Verdict.CANARY).status()).isEqualTo(200);
        }
    }

    @Test
    void interimResponsesAreNotSentToHttp10Clients() throws IOException {
        ROUTER.upstream().next(Step.answer(CONTINUE + "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + Step.OK));
        try (RawClient client = ROUTER.client()) {
            RawResponse response = client.exchange("GET / HTTP/1.0\r\nHost: a\r\n\r\n");
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.interim()).isEmpty();
        }
    }

    @Test
    void endlessInterimResponsesAreLimitedOrEndWithTheClient() throws IOException {
        String many = CONTINUE.repeat(1_000);
        ROUTER.upstream().next(Step.answer(many + Step.OK));
        try (RawClient client = ROUTER.client()) {
            assertThat(client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status())
                    .isIn(200, 502);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 3\r\n", "Transfer-Encoding: chunked\r\n"})
    void interimResponseWithFramingFieldsHasNoContentAllTheSame(String field) throws IOException {
        ROUTER.upstream().next(Step.answer("HTTP/1.1 103 Early Hints\r\n" + field + "\r\n" + Step.OK));
        try (RawClient client = ROUTER.client()) {
            RawResponse response = client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(response.status()).isIn(200, 502);
        }
    }
}
