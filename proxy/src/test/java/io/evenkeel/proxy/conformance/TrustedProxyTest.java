package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.Cidr;
import io.evenkeel.config.RouterConfig;
import io.evenkeel.proxy.testing.Fields;
import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.TestConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a proxy in front of the router says is believed if, and only if, it is trusted: RFC 7239 §4, §8.1. */
final class TrustedProxyTest {

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.start(TrustedProxyTest::config);

    @Test
    void addressOfTheTrustedProxyIsAppended() throws IOException {
        Fields fields = forwarded("X-Forwarded-For: 6.6.6.6, 7.7.7.7\r\nForwarded: for=6.6.6.6, for=7.7.7.7\r\n");
        assertThat(fields.joined("X-Forwarded-For")).isEqualTo("6.6.6.6, 7.7.7.7, 127.0.0.1");
        assertThat(fields.joined("Forwarded"))
                .startsWith("for=6.6.6.6, for=7.7.7.7, ")
                .contains("for=127.0.0.1");
    }

    @Test
    void linesOfATrustedProxyStayInOrder() throws IOException {
        assertThat(forwarded("X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 7.7.7.7\r\n")
                        .joined("X-Forwarded-For"))
                .isEqualTo("6.6.6.6, 7.7.7.7, 127.0.0.1");
    }

    @Test
    void schemeAndHostThatATrustedProxySawAreKept() throws IOException {
        Fields fields = forwarded("X-Forwarded-Proto: https\r\nX-Forwarded-Host: public.example\r\n");
        assertThat(fields.all("X-Forwarded-Proto")).containsExactly("https");
        assertThat(fields.all("X-Forwarded-Host")).containsExactly("public.example");
    }

    @Test
    void whatATrustedProxyDoesNotSayIsSet() throws IOException {
        Fields fields = forwarded("");
        assertThat(fields.all("X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(fields.all("X-Forwarded-Proto")).containsExactly("http");
        assertThat(fields.all("X-Forwarded-Host")).containsExactly("a");
    }

    private static Fields forwarded(String fields) throws IOException {
        try (RawClient client = ROUTER.client()) {
            assertThat(client.exchange("GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n")
                            .status())
                    .isEqualTo(200);
        }
        return Verdict.onlyRequest(ROUTER).fields();
    }

    private static RouterConfig config(InetSocketAddress endpoint) {
        Cidr loopback = new Cidr(InetAddress.getLoopbackAddress(), 32);
        return TestConfig.with(TestConfig.full(endpoint), "listeners.0.forwarding.trustedProxies", List.of(loopback));
    }
}
