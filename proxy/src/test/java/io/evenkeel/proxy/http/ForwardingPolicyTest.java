package io.evenkeel.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.ForwardingConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingPolicyTest extends WriterFixture {

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void forwardingFieldsOfStrangersAreReplaced() {
        String text = START + "X-Forwarded-For: 6.6.6.6\r\nHost: a:80\r\nX-Forwarded-Proto: https\r\n"
                + "X-Forwarded-Host: evil\r\nForwarded: for=6.6.6.6\r\nx-forwarded-for: 7.7.7.7\r\n\r\n";

        assertThat(write(text, null, policy(true, true, false, false, false), client("192.0.2.7", false)))
                .isEqualTo(START + "Host: a:80\r\n"
                        + "X-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Host: a:80\r\n"
                        + "Forwarded: for=192.0.2.7;host=\"a:80\";proto=http\r\n\r\n");
    }

    @Test
    void forwardingFieldsOfStrangersAreTakenOutEvenWhereNoneAreSent() {
        String text = START + "Host: a\r\nX-Forwarded-For: 6.6.6.6\r\nForwarded: for=6.6.6.6\r\n\r\n";

        assertThat(write(text, null, NOTHING, client("192.0.2.7", false))).isEqualTo(START + "Host: a\r\n\r\n");
    }

    @Test
    void whatATrustedProxySaysIsContinued() {
        String said = "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: shop\r\n"
                + "Forwarded: for=203.0.113.9;proto=https\r\n";

        assertThat(write(
                        START + "Host: a\r\n" + said + "\r\n",
                        null,
                        policy(true, true, false, false, false),
                        client("10.0.0.1", true)))
                .isEqualTo(START + "Host: a\r\n" + said
                        + "X-Forwarded-For: 10.0.0.1\r\nForwarded: for=10.0.0.1;host=\"a\";proto=http\r\n\r\n");
    }

    @Test
    void whatATrustedProxyLeavesOutIsFilledIn() {
        assertThat(write(
                        START + "Host: a\r\n\r\n",
                        null,
                        policy(true, false, false, false, false),
                        client("10.0.0.1", true)))
                .isEqualTo(START + "Host: a\r\n"
                        + "X-Forwarded-For: 10.0.0.1\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Host: a\r\n\r\n");
    }

    /** RFC 7239 §6: brackets and quotes in Forwarded, neither in X-Forwarded-For; no zone in either. */
    @Test
    void anIpv6ClientIsQuotedInForwardedOnly() {
        assertThat(write(
                        START + "Host: [::1]:8\r\n\r\n",
                        null,
                        policy(true, true, false, false, false),
                        client("fe80::1%1", false)))
                .contains("X-Forwarded-For: fe80:0:0:0:0:0:0:1\r\n")
                .contains("Forwarded: for=\"[fe80:0:0:0:0:0:0:1]\";host=\"[::1]:8\";proto=http\r\n");
    }

    @Test
    void anEmptyHostIsNotPassedOnAsAForwardedHost() {
        assertThat(write(
                        "GET / HTTP/1.0\r\n\r\n",
                        null,
                        policy(true, true, false, false, false),
                        client("192.0.2.7", false)))
                .isEqualTo(START + "Host: \r\nX-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: http\r\n"
                        + "Forwarded: for=192.0.2.7;proto=http\r\n\r\n");
    }

    /** RFC 9110 §7.6.3: the protocol is the one that the request came in. */
    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1"})
    void viaIsAddedBehindWhatIsThere(String version) {
        assertThat(write(
                        "GET / HTTP/" + version + "\r\nHost: a\r\nVia: 1.1 b\r\n\r\n",
                        null,
                        policy(false, false, true, false, false),
                        client("192.0.2.7", false)))
                .isEqualTo(START + "Host: a\r\nVia: 1.1 b\r\nVia: " + version + " edge-1\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.1 edge-1 | true",
                "1.1 a, 1.0 edge-1 (x), 2 c | true",
                "1.1 a,1.1 edge-1,1.1 b | true",
                "1.1 a;Via: 1.1 edge-1 | true",
                "HTTP/1.1 edge-1 | true",
                "1.1 edge-10 | false",
                "1.1 my-edge-1 | false",
                "1.1 edge | false",
                "1.1 edge-2 | false"
            })
    void aLoopIsTheNameOfThisRouterInVia(String via, boolean loop) {
        ForwardingPolicy policy = new ForwardingPolicy(ForwardingConfig.defaults(), "edge-1");
        RequestHead head = Heads.request(START + "Host: a\r\nVia: " + via.replace(";", "\r\n") + "\r\n\r\n");

        assertThat(policy.loops(head)).isEqualTo(loop);
    }

    @Test
    void aClientsRequestIdIsKept() {
        assertThat(write(
                        START + "Host: a\r\nX-Request-Id: abc-1\r\n\r\n",
                        null,
                        policy(false, false, false, true, false),
                        client("192.0.2.7", false)))
                .isEqualTo(START + "Host: a\r\nX-Request-Id: abc-1\r\n\r\n");
        assertThat(id).hasToString("abc-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "X-Request-Id:\r\n",
                "X-Request-Id: a b\r\n",
                "X-Request-Id: a\"b\r\n",
                "X-Request-Id: a\r\nX-Request-Id: b c\r\n",
                "X-Request-Id: 01234567890123456789012345678901234567890123456789012345678901234\r\n"
            })
    void exactlyOneHarmlessRequestIdIsForwarded(String lines) {
        assertThat(write(
                        START + "Host: a\r\n" + lines + "\r\n",
                        null,
                        policy(false, false, false, true, false),
                        client("192.0.2.7", false)))
                .matches(START + "Host: a\r\nX-Request-Id: ([0-9a-f]{32}|a)\r\n\r\n")
                .contains("X-Request-Id: " + id + "\r\n");
    }

    @Test
    void aClientsTraceIsKept() {
        String lines = "traceparent: " + TRACE + "\r\ntracestate: x=y\r\n";

        assertThat(write(
                        START + "Host: a\r\n" + lines + "\r\n",
                        null,
                        policy(false, false, false, false, true),
                        client("192.0.2.7", false)))
                .isEqualTo(START + "Host: a\r\n" + lines + "\r\n");
    }

    /** W3C Trace Context §3.2.2, §3.3: whoever restarts a trace drops its state. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                ""
            })
    void aBrokenTraceIsReplacedAndItsStateDropped(String broken) {
        String text = START + "Host: a\r\ntracestate: x=y\r\ntraceparent: " + broken + "\r\n\r\n";

        assertThat(write(text, null, policy(false, false, false, false, true), client("192.0.2.7", false)))
                .matches(START + "Host: a\r\ntraceparent: 00-[0-9a-f]{32}-[0-9a-f]{16}-01\r\n\r\n");
    }

    @Test
    void aMadeRequestIdIsTheTraceIdToo() {
        assertThat(write(
                        START + "Host: a\r\n\r\n",
                        null,
                        policy(false, false, false, true, true),
                        client("192.0.2.7", false)))
                .contains("X-Request-Id: " + id + "\r\n")
                .contains("traceparent: 00-" + id + "-");
    }
}
