package io.evenkeel.proxy.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.proxy.proxyprotocol.Headers;
import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The PROXY protocol in front of listeners, and in front of endpoints. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProxyProtocolIT {

    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String RESPONSE = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    private static final String LINE = "PROXY TCP4 192.0.2.7 198.51.100.1 56324 443\r\n";

    private TcpEndpoint endpoint;
    private TcpEndpoint v1;
    private TcpEndpoint v2;
    private TcpFixture router;

    @BeforeAll
    void start() throws Exception {
        endpoint = TcpEndpoint.start();
        v1 = TcpEndpoint.start();
        v2 = TcpEndpoint.start();
        String tcp = ", address: 127.0.0.1:0, protocol: tcp, tcp: ";
        String from = "from: [127.0.0.0/8]";
        router = TcpFixture.start(
                "listeners:\n"
                        + "  - { name: required" + tcp + "{ upstream: v1 }, proxy-protocol: { mode: required, " + from
                        + " } }\n"
                        + "  - { name: hasty" + tcp + "{ upstream: v1 }, timeouts: { head: 200ms },\n"
                        + "      proxy-protocol: { mode: required, " + from + " } }\n"
                        + "  - { name: optional" + tcp + "{ upstream: v2 }, proxy-protocol: { mode: optional, " + from
                        + " } }\n"
                        + "  - { name: others" + tcp
                        + "{ upstream: v1 }, proxy-protocol: { mode: required, from: [10.0.0.0/8] } }\n"
                        + "  - { name: http, address: 127.0.0.1:0, proxy-protocol: { mode: required, " + from + " },\n"
                        + "      limits: { max-connections-per-client: 1 }, forwarding: { trusted-proxies: [192.0.2.9/32] } }\n"
                        + "  - { name: named, address: 127.0.0.1:0 }\n"
                        + "upstreams:\n"
                        + TcpFixture.oneUpstream("web", "", endpoint)
                        + TcpFixture.oneUpstream("v1", ", proxy-protocol: v1", v1)
                        + TcpFixture.oneUpstream("v2", ", proxy-protocol: v2", v2),
                "routes: [{ match: { hosts: [named] }, upstream: v1 }, { upstream: web }]\n");
    }

    @AfterAll
    void stop() {
        router.close();
        endpoint.close();
        v1.close();
        v2.close();
    }

    @Test
    void whatAHeaderSaysIsPassedOn() throws Exception {
        try (Socket client = router.connect("required")) {
            Bytes.send(client, LINE + "hello");
            try (Socket server = v1.take()) {
                assertThat(Bytes.read(server, LINE.length() + 5)).isEqualTo(LINE + "hello");
                Bytes.send(server, "answer");
                assertThat(Bytes.read(client, 6)).isEqualTo("answer");
            }
        }
    }

    @Test
    void oneVersionMayBecomeTheOther() throws Exception {
        try (Socket client = router.connect("optional")) {
            Bytes.send(client, LINE + "hello");
            try (Socket server = v2.take()) {
                byte[] header = server.getInputStream().readNBytes(28);
                assertThat(HexFormat.of().formatHex(header))
                        .startsWith(Headers.SIGNATURE + "2111000cc0000207c6336401dc0401bb");
                assertThat(Bytes.read(server, 5)).isEqualTo("hello");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROXY UNKNOWN\r\n", ""})
    void withoutAnOriginTheConnectionItselfIsIt(String line) throws Exception {
        try (Socket client = router.connect("optional")) {
            Bytes.send(client, line + "hello");
            try (Socket server = v2.take()) {
                byte[] header = server.getInputStream().readNBytes(28);
                String ports = String.format("%04x%04x", client.getLocalPort(), client.getPort());
                assertThat(HexFormat.of().formatHex(header))
                        .isEqualTo(Headers.SIGNATURE + "2111000c7f0000017f000001" + ports);
                assertThat(Bytes.read(server, 5)).isEqualTo("hello");
            }
        }
    }

    @Test
    void whoIsNotBelievedIsServedAsHeIs() throws Exception {
        try (Socket client = router.connect("others")) {
            Bytes.send(client, LINE);
            try (Socket server = v1.take()) {
                String own =
                        "PROXY TCP4 127.0.0.1 127.0.0.1 " + client.getLocalPort() + " " + client.getPort() + "\r\n";
                assertThat(Bytes.read(server, own.length() + LINE.length())).isEqualTo(own + LINE);
            }
        }
    }

    @Test
    void aHeaderMayComeInAnyPieces() throws Exception {
        byte[] binary = HexFormat.of().parseHex(Headers.SIGNATURE + "2111000cc0000207c6336401dc0401bb");
        byte[] text = LINE.getBytes(StandardCharsets.US_ASCII);
        for (byte[] header : new byte[][] {text, binary}) {
            for (int cut = 1; cut < header.length; cut++) {
                try (Socket client = router.connect("required")) {
                    Bytes.sendInTwo(client, header, cut);
                    try (Socket server = v1.take()) {
                        assertThat(Bytes.read(server, LINE.length())).isEqualTo(LINE);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "PROXY TCP4 1.1.1.1 2.2.2.2 1\r\n",
                "PRI * HTTP/2.0\r\n",
                "PROXY \n",
                "\r\n\r\n\0\r\nQUIT\n\001"
            })
    void aConnectionWithoutAProperHeaderIsClosed(String text) throws Exception {
        double before = router.failures("malformed_proxy_header");
        try (Socket client = router.connect("required")) {
            Bytes.send(client, text);
            assertThat(Bytes.ends(client)).isTrue();
        }
        router.awaitFailures(before + 1, "malformed_proxy_header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "P", "PROXY TCP4 1.1.1.1 2.2.2.2 1 2", "\r\n\r\n\0\r\nQUIT\n"})
    void aHeaderThatDoesNotComeToAnEndIsClosed(String text) throws Exception {
        double before = router.failures("proxy_header_timeout");
        try (Socket client = router.connect("hasty")) {
            Bytes.send(client, text);
            assertThat(Bytes.ends(client)).isTrue();
        }
        router.awaitFailures(before + 1, "proxy_header_timeout");
    }

    @Test
    void anHttpListenerTakesTheClientFromTheHeader() throws Exception {
        try (Socket client = router.connect("http")) {
            Bytes.send(
                    client,
                    "PROXY TCP4 192.0.2.7 198.51.100.1 56324 443\r\nGET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 6.6.6.6\r\n\r\n");
            assertThat(forwarded()).contains("X-Forwarded-For: 192.0.2.7\r\n").doesNotContain("6.6.6.6");
            assertThat(Bytes.read(client, 15)).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    @Test
    void trustedProxiesAreComparedWithTheHeadersAddress() throws Exception {
        try (Socket client = router.connect("http")) {
            Bytes.send(
                    client,
                    "PROXY TCP4 192.0.2.9 198.51.100.1 56324 443\r\nGET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 6.6.6.6\r\n\r\n");
            assertThat(forwarded()).contains("X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 192.0.2.9\r\n");
            assertThat(Bytes.read(client, 15)).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    /** Answers one request and returns its head. */
    private String forwarded() throws Exception {
        try (Socket server = endpoint.take()) {
            String head = readHead(server);
            Bytes.send(server, RESPONSE);
            return head;
        }
    }

    @Test
    void aConnectionToAnHttpEndpointServesTheClientItNames() throws Exception {
        String request = "GET / HTTP/1.1\r\nHost: named\r\n\r\n";
        String response = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
        try (Socket client = router.connect("named");
                Socket other = router.connect("named")) {
            Bytes.send(client, request);
            try (Socket server = v1.take()) {
                assertThat(readHead(server)).startsWith(header(client) + "GET / ");
                Bytes.send(server, response);
                assertThat(readHead(client)).startsWith("HTTP/1.1 200 OK");
                Bytes.send(other, request);
                try (Socket another = v1.take()) {
                    assertThat(readHead(another)).startsWith(header(other) + "GET / ");
                    Bytes.send(another, response);
                    assertThat(readHead(other)).startsWith("HTTP/1.1 200 OK");
                }
                Bytes.send(client, request);
                assertThat(readHead(server)).startsWith("GET / ");
                Bytes.send(server, response);
                assertThat(readHead(client)).startsWith("HTTP/1.1 200 OK");
                client.shutdownOutput();
                assertThat(Bytes.readAll(server)).isEmpty();
            }
        }
    }

    private static String readHead(Socket socket) throws Exception {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = socket.getInputStream().read();
            assertThat(next).as("after " + head).isNotNegative();
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static String header(Socket client) {
        return "PROXY TCP4 127.0.0.1 127.0.0.1 " + client.getLocalPort() + " " + client.getPort() + "\r\n";
    }

    @Test
    void limitsPerClientCountTheClientsOfTheHeader() throws Exception {
        double before = router.failures("connection_limit");
        try (Socket first = router.connect("http");
                Socket other = router.connect("http");
                Socket again = router.connect("http")) {
            Bytes.send(first, "PROXY TCP4 192.0.2.1 198.51.100.1 1 443\r\nG");
            Bytes.send(other, "PROXY TCP4 192.0.2.2 198.51.100.1 1 443\r\nG");
            router.awaitMetric(count -> count == 2, "evenkeel_connections", "side=\"downstream\"");
            Bytes.send(again, "PROXY TCP4 192.0.2.1 198.51.100.1 2 443\r\n" + REQUEST);
            assertThat(Bytes.readAll(again)).startsWith("HTTP/1.1 503 ");
            router.awaitFailures(before + 1, "connection_limit");
        }
    }

    /** Seeded: whatever comes instead of a header, the connection ends or is relayed, and nothing is left. */
    @Test
    void noBytesDoHarm() throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        byte[] header = HexFormat.of().parseHex(Headers.SIGNATURE + "2111000cc0000207c6336401dc0401bb");
        for (int round = 0; round < 100; round++) {
            byte[] bytes = header.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            try (Socket client = router.connect("required")) {
                client.getOutputStream().write(bytes, 0, 1 + random.nextInt(bytes.length));
                client.shutdownOutput();
            }
        }
        await().atMost(Duration.ofMillis(TcpFixture.PATIENCE_MILLIS)).until(() -> {
            while (v1.waiting() > 0) {
                v1.take().close();
            }
            return router.metric("evenkeel_inflight") == 0;
        });
        router.assertAtRest();
    }
}
