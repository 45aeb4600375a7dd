package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.Fields;
import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.TestConfig;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the router tells an endpoint about a client that it does not trust: RFC 7239, RFC 9110 §7.6.3, W3C Trace Context. */
final class ForwardingFieldsTest {

    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.start(TestConfig::full);

    @Test
    void clientAddressSchemeAndHostAreToldToTheEndpoint() throws IOException {
        Fields fields = forwarded("");
        assertThat(fields.all("X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(fields.all("X-Forwarded-Proto")).containsExactly("http");
        assertThat(fields.all("X-Forwarded-Host")).containsExactly("a.example:81");
        assertThat(fields.all("Forwarded")).singleElement().satisfies(value -> assertThat(value)
                .containsIgnoringCase("for=127.0.0.1")
                .containsIgnoringCase("proto=http")
                .containsIgnoringCase("host=\"a.example:81\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 6.6.6.6",
                "x-forwarded-for: 6.6.6.6, 7.7.7.7",
                "X-Forwarded-For: a\r\nX-Forwarded-For: b",
                "X-Forwarded-For:",
                "X-Forwarded-Proto: https",
                "X-FORWARDED-HOST: evil",
                "Forwarded: for=6.6.6.6;proto=https;host=evil",
                "Forwarded: for=\"[::1]\"",
                "Connection: x-forwarded-for\r\nX-Forwarded-For: 6.6.6.6",
                "Connection: x-forwarded-for, x-forwarded-proto",
                "Connection: x-forwarded-host",
                "Connection: forwarded",
                "Connection: via"
            })
    void clientThatIsNotTrustedCannotSpeakForOthers(String spoofed) throws IOException {
        Fields fields = forwarded(spoofed + "\r\n");
        assertThat(fields.all("X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(fields.all("X-Forwarded-Proto")).containsExactly("http");
        assertThat(fields.all("X-Forwarded-Host")).containsExactly("a.example:81");
        assertThat(fields.all("Forwarded")).hasSize(1);
        assertThat(fields.all("Via")).hasSize(1);
        assertThat(fields.toString())
                .doesNotContain("evil")
                .doesNotContain("6.6.6.6")
                .doesNotContain("7.7.7.7");
    }

    @Test
    void viaNamesTheReceivedVersionAndThisRouter() throws IOException {
        assertThat(forwarded("").all("Via")).containsExactly("1.1 router-under-test");
    }

    @Test
    void viaOfAnHttp10RequestSaysSo() throws IOException {
        try (RawClient client = ROUTER.client()) {
            client.exchange("GET / HTTP/1.0\r\nHost: a.example:81\r\n\r\n");
        }
        assertThat(Verdict.onlyRequest(ROUTER).fields().joined("Via")).isEqualTo("1.0 router-under-test");
    }

    @Test
    void viaIsAppendedAfterThoseBeforeIt() throws IOException {
        assertThat(forwarded("Via: 1.0 first, 1.1 second (comment)\r\n").joined("Via"))
                .isEqualTo("1.0 first, 1.1 second (comment), 1.1 router-under-test");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1 router-under-test",
                "1.0 x, 1.1 router-under-test",
                "1.1 router-under-test, 1.1 x",
                "1.1 x\r\nVia: HTTP/1.1 router-under-test (y)"
            })
    void requestThatCameThroughThisRouterBeforeIsALoop(String via) throws IOException {
        try (RawClient client = ROUTER.client()) {
            RawResponse response = client.exchange(request("Via: " + via + "\r\n"));
            assertThat(response.status()).isEqualTo(508);
            Refusal.assertShort(response);
        }
        assertThat(ROUTER.upstream().requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.1 router-under-test-2", "1.1 x-router-under-test", "1.1 x (router-under-test)", "1.1 router"})
    void routerOfAnotherNameIsNoLoop(String via) throws IOException {
        assertThat(forwarded("Via: " + via + "\r\n").joined("Via")).startsWith(via);
    }

    @Test
    void requestIdIsMadeWhereThereIsNoneAndDiffersEachTime() throws IOException {
        String first = forwarded("").joined("X-Request-Id");
        ROUTER.upstream().reset();
        String second = forwarded("").joined("X-Request-Id");
        assertThat(first).matches("[0-9A-Za-z-]{8,64}").isNotEqualTo(second);
        assertThat(second).matches("[0-9A-Za-z-]{8,64}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7b1f0c2e-5a1d-4c58-9c0f-2f0f7b9e6d10", "abcdef0123456789", "A_b.c-d"})
    void requestIdOfTheClientIsKept(String id) throws IOException {
        assertThat(forwarded("X-Request-Id: " + id + "\r\n").all("X-Request-Id"))
                .containsExactly(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\u00e4b", "<script>", "\"quoted\"", "{\"json\":1}", "a\\b"})
    void requestIdThatCouldHarmALogIsReplaced(String id) throws IOException {
        assertThat(forwarded("X-Request-Id: " + id + "\r\n").all("X-Request-Id"))
                .singleElement()
                .satisfies(
                        made -> assertThat(made).matches("[0-9A-Za-z-]{8,64}").isNotEqualTo(id));
    }

    @Test
    void onlyOneRequestIdIsForwarded() throws IOException {
        assertThat(forwarded("X-Request-Id: abcdefgh\r\nX-Request-Id: ijklmnop\r\n")
                        .all("X-Request-Id"))
                .hasSize(1);
    }

    @Test
    void requestIdThatIsTooLongIsReplaced() throws IOException {
        assertThat(forwarded("X-Request-Id: " + "a".repeat(4_000) + "\r\n").joined("X-Request-Id"))
                .matches("[0-9A-Za-z-]{8,64}");
    }

    @Test
    void traceparentIsMadeWhereThereIsNone() throws IOException {
        assertThat(forwarded("").all("traceparent")).singleElement().satisfies(ForwardingFieldsTest::assertTraceparent);
    }

    @Test
    void traceIdOfTheClientIsKept() throws IOException {
        Fields fields = forwarded("traceparent: 00-" + TRACE_ID + "-00f067aa0ba902b7-01\r\ntracestate: a=1\r\n");
        assertThat(fields.all("traceparent")).singleElement().satisfies(value -> {
            assertTraceparent(value);
            assertThat(value).startsWith("00-" + TRACE_ID + "-").endsWith("-01");
        });
        assertThat(fields.all("tracestate")).containsExactly("a=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-" + TRACE_ID,
                "ff-" + TRACE_ID + "-00f067aa0ba902b7-01",
                "00-" + TRACE_ID + "-0000000000000000-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-" + TRACE_ID + "-00f067aa0ba902b7-01-x",
                "00-" + TRACE_ID + "-00f067aa0ba902b7-0g",
                "00_" + TRACE_ID + "_00f067aa0ba902b7_01",
                "00-" + TRACE_ID + "-00f067aa0ba902b7-01\r\ntraceparent: 00-" + TRACE_ID + "-00f067aa0ba902b8-01"
            })
    void traceparentThatIsMalformedStartsANewTrace(String value) throws IOException {
        assertThat(forwarded("traceparent: " + value + "\r\n").all("traceparent"))
                .singleElement()
                .satisfies(made -> {
                    assertTraceparent(made);
                    assertThat(made).doesNotContain(TRACE_ID);
                });
    }

    private static void assertTraceparent(String value) {
        assertThat(value)
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")
                .doesNotContain("0".repeat(32))
                .doesNotContain("-" + "0".repeat(16) + "-");
    }

    private static String request(String fields) {
        return "GET / HTTP/1.1\r\nHost: a.example:81\r\n" + fields + "\r\n";
    }

    private static Fields forwarded(String fields) throws IOException {
        try (RawClient client = ROUTER.client()) {
            RawResponse response = client.exchange(request(fields));
            assertThat(response.status()).as("%s", response).isEqualTo(200);
        }
        return Verdict.onlyRequest(ROUTER).fields();
    }
}
