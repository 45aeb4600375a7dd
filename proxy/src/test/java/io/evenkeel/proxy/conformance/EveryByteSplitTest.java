package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import io.evenkeel.proxy.testing.RecordedRequest;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where TCP happens to cut a message changes nothing: every message is cut once at every octet. */
final class EveryByteSplitTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.plain();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /a?b HTTP/1.1\r\nHost: a\r\nX: y\r\nConnection: x-hop\r\nX-Hop: 1\r\n\r\n",
                "\r\nGET http://b.example:80/ HTTP/1.1\r\nHost: a\r\nTE: trailers, gzip\r\nConnection: te\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\n\r\nhello\r\n\r\nwor",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;x=\"\\\"\"\r\nabc\r\n0a\r\n0123456789\r\n0\r\nX: y\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc",
            })
    void requestCutAtEveryOctetIsForwardedAsTheWholeOneIs(String request) throws IOException {
        try (RawClient client = ROUTER.client()) {
            String whole = forwarded(client, request, 0);
            for (int cut = 1; cut < request.length(); cut++) {
                assertThat(forwarded(client, request, cut)).as("cut at %d", cut).isEqualTo(whole);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n z\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: y\rz\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"
            })
    void malformedRequestCutAtEveryOctetIsRefused(String request) throws IOException {
        for (int cut = 1; cut < request.length(); cut++) {
            try (RawClient client = ROUTER.client()) {
                assertThat(client.sendApart(request, cut).read().status())
                        .as("cut at %d", cut)
                        .isEqualTo(400);
                assertThat(client.peerCloses()).isTrue();
            }
        }
        assertThat(ROUTER.upstream().requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcX\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;x=\"\n\"\r\nabc\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX : y\r\n\r\n"
            })
    void malformedContentCutAtEveryOctetNeverArrivesWhole(String request) throws IOException {
        for (int cut = 1; cut < request.length(); cut++) {
            try (RawClient client = ROUTER.client()) {
                assertThat(client.sendApart(request, cut).read().status())
                        .as("cut at %d", cut)
                        .isEqualTo(400);
            }
        }
        assertThat(ROUTER.upstream().requests()).noneMatch(RecordedRequest::complete);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nDate: x\r\nX: y\r\nContent-Length: 12\r\n\r\nhello\r\n\r\nwor",
                "HTTP/1.1 200 OK\r\nDate: x\r\nTransfer-Encoding: chunked\r\n\r\n3;x=\"\\\"\"\r\nabc\r\n0a\r\n0123456789\r\n0\r\nX: y\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No Content\r\nDate: x\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\nDate: x\r\nConnection: x-hop\r\nX-Hop: 1\r\nContent-Length: 5\r\n\r\n"
            })
    void responseCutAtEveryOctetIsRelayedAsTheWholeOneIs(String response) throws IOException {
        try (RawClient client = ROUTER.client()) {
            ROUTER.upstream().next(Step.answer(response));
            RawResponse whole = client.exchange(GET);
            for (int cut = 1; cut < response.length(); cut++) {
                ROUTER.upstream().next(Step.readRequest().then(Step.sendApart(response, cut)));
                assertThat(client.exchange(GET)).as("cut at %d", cut).isEqualTo(whole);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nX: y\r\n\r\nuntil close", "HTTP/1.0 200 OK\r\nX: y\r\n\r\nuntil close"})
    void responseUntilCloseCutAtEveryOctetIsRelayedWhole(String response) throws IOException {
        for (int cut = 1; cut < response.length(); cut++) {
            ROUTER.upstream()
                    .next(Step.readRequest().then(Step.sendApart(response, cut)).then(Step.close()));
            try (RawClient client = ROUTER.client()) {
                assertThat(client.exchange(GET).body().text())
                        .as("cut at %d", cut)
                        .isEqualTo("until close");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200\r\nOK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX : y\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n"
            })
    void malformedResponseCutAtEveryOctetIsABadGateway(String response) throws IOException {
        List<Integer> relayed = new ArrayList<>();
        for (int cut = 1; cut < response.length(); cut++) {
            ROUTER.upstream().next(Step.readRequest().then(Step.sendApart(response, cut)));
            try (RawClient client = ROUTER.client()) {
                if (client.exchange(GET).status() != 502) {
                    relayed.add(cut);
                }
            }
        }
        assertThat(relayed).isEmpty();
    }

    private static String forwarded(RawClient client, String request, int cut) throws IOException {
        ROUTER.upstream().reset();
        RawResponse response = cut == 0
                ? client.exchange(request)
                : client.sendApart(request, cut).read();
        assertThat(response.status()).as("cut at %d: %s", cut, response).isEqualTo(200);
        RecordedRequest recorded = Verdict.onlyRequest(ROUTER);
        return recorded.head() + recorded.body().text() + recorded.body().trailers();
    }
}
