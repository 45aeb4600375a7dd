package io.evenkeel.proxy.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.Hellos;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TCP listeners that choose by the server a TLS client names, without decrypting anything. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SniRoutingIT {

    private TcpEndpoint exact;
    private TcpEndpoint wildcard;
    private TcpEndpoint rest;
    private TcpFixture router;

    @BeforeAll
    void start() throws Exception {
        exact = TcpEndpoint.start();
        wildcard = TcpEndpoint.start();
        rest = TcpEndpoint.start();
        String sni = "sni: [{ hosts: [A.test], upstream: exact }, { hosts: [\"*.b.test\"], upstream: wildcard }]";
        String common = ", address: 127.0.0.1:0, protocol: tcp, limits: { max-head-bytes: 1KiB }, tcp: { ";
        router = TcpFixture.start("listeners:\n"
                + "  - { name: open" + common + sni + ", upstream: rest } }\n"
                + "  - { name: shut" + common + sni + " } }\n"
                + "  - { name: hasty, timeouts: { head: 200ms }" + common + sni + " } }\n"
                + "upstreams:\n"
                + TcpFixture.oneUpstream("exact", "", exact)
                + TcpFixture.oneUpstream("wildcard", "", wildcard)
                + TcpFixture.oneUpstream("rest", "", rest));
    }

    @AfterAll
    void stop() {
        router.close();
        exact.close();
        wildcard.close();
        rest.close();
    }

    private TcpEndpoint endpoint(String name) {
        return switch (name) {
            case "exact" -> exact;
            case "wildcard" -> wildcard;
            default -> rest;
        };
    }

    private void passes(byte[] hello, String upstream) throws Exception {
        try (Socket client = router.connect("open")) {
            client.getOutputStream().write(hello);
            try (Socket server = endpoint(upstream).take()) {
                assertThat(server.getInputStream().readNBytes(hello.length)).isEqualTo(hello);
                Bytes.send(server, "served");
                assertThat(Bytes.read(client, 6)).isEqualTo("served");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a.test, exact",
        "A.TEST, exact",
        "x.b.test, wildcard",
        "y.x.b.test, wildcard",
        "b.test, rest",
        "c.test, rest"
    })
    void theNamedServerDecides(String name, String upstream) throws Exception {
        passes(Hellos.of(name), upstream);
    }

    @Test
    void whoNamesNoServerGoesWhereTheRestGoes() throws Exception {
        passes(Hellos.of(null), "rest");
        passes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII), "rest");
        passes("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n".getBytes(StandardCharsets.US_ASCII), "rest");
    }

    @Test
    void aHelloMayComeInAnyPieces() throws Exception {
        byte[] hello = Hellos.fragmented(Hellos.of("a.test"), 90);
        for (int cut = 1; cut < hello.length; cut += 7) {
            try (Socket client = router.connect("open")) {
                Bytes.sendInTwo(client, hello, cut);
                try (Socket server = exact.take()) {
                    assertThat(server.getInputStream().readNBytes(hello.length)).isEqualTo(hello);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "\0\1\2\3", "SSH-2.0-OpenSSH_9\r\n"
            })
    void whereTheRestGoesNowhereItIsClosed(String text) throws Exception {
        double before = router.failures("no_route");
        try (Socket client = router.connect("shut")) {
            Bytes.send(client, text);
            assertThat(Bytes.ends(client)).isTrue();
        }
        router.awaitFailures(before + 1, "no_route");
    }

    @Test
    void aMalformedHelloIsClosed() throws Exception {
        double before = router.failures("malformed_client_hello");
        byte[] hello = Hellos.of("a.test");
        hello[5 + 4 + 34] = 33; // a session id longer than there can be
        try (Socket client = router.connect("open")) {
            client.getOutputStream().write(hello);
            assertThat(Bytes.ends(client)).isTrue();
        }
        router.awaitFailures(before + 1, "malformed_client_hello");
    }

    @Test
    void aHelloThatIsTooLongIsClosedBeforeItIsComplete() throws Exception {
        double before = router.failures("client_hello_too_large");
        byte[] beginning = {22, 3, 1, 8, 0, 1, 0, 7, (byte) 0xfc, 3, 3};
        try (Socket client = router.connect("open")) {
            client.getOutputStream().write(beginning);
            assertThat(Bytes.ends(client)).isTrue();
        }
        router.awaitFailures(before + 1, "client_hello_too_large");
    }

    @Test
    void aHelloThatDoesNotComeToAnEndIsClosed() throws Exception {
        double before = router.failures("head_timeout");
        try (Socket client = router.connect("hasty")) {
            client.getOutputStream().write(Arrays.copyOf(Hellos.of("a.test"), 60));
            assertThat(Bytes.ends(client)).isTrue();
        }
        router.awaitFailures(before + 1, "head_timeout");
    }

    @Test
    void aClientThatSaysNothingIsClosedWithoutACount() throws Exception {
        double before = router.metric("evenkeel_failures_total");
        try (Socket client = router.connect("hasty")) {
            assertThat(Bytes.readAll(client)).isEmpty();
        }
        router.awaitMetric(count -> count == 0, "evenkeel_connections", "side=\"downstream\"");
        assertThat(router.metric("evenkeel_failures_total")).isEqualTo(before);
    }
}
