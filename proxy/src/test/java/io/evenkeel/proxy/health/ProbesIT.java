package io.evenkeel.proxy.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.evenkeel.balancer.health.ProbeResult;
import io.evenkeel.balancer.health.ProbeResult.Outcome;
import io.evenkeel.discovery.testing.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks over real sockets, of servers that answer well, badly, slowly, for ever or not at all. */
class ProbesIT {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";

    private final Asking asking = new Asking();
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void stop() {
        never.countDown();
        asking.close();
    }

    @Test
    void anEndpointThatAcceptsPassesTheTcpCheck() {
        try (LyingServer server = LyingServer.start(out -> never.await())) {
            assertThat(ask("", server)).isEqualTo(ProbeResult.passed("connected"));
            await().until(() -> server.open() == 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"''", "'http: { path: /check }'"})
    void anEndpointThatRefusesFailsAtOnce(String check) throws IOException {
        InetSocketAddress nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = (InetSocketAddress) socket.getLocalSocketAddress();
        }

        assertThat(ask(check, nobody, Asking.PATIENT)).isEqualTo(ProbeResult.failed("connection refused"));
    }

    @Test
    void anHttpCheckSendsWhatIsConfigured() {
        try (LyingServer server = LyingServer.saying(OK)) {
            ProbeResult result = ask(
                    "http: { path: /check, host: vvm.example.org, username: Aladdin, "
                            + "password: \"open sesame\", headers: [{ name: X-Probe, value: evenkeel }] }",
                    server);

            assertThat(result).isEqualTo(ProbeResult.passed("status 200"));
            assertThat(server.requests)
                    .singleElement()
                    .asString()
                    .isEqualToIgnoringCase(
                            """
                    GET /check HTTP/1.1\r
                    host: vvm.example.org\r
                    user-agent: evenkeel-health-check\r
                    X-Probe: evenkeel\r
                    connection: close\r
                    authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r
                    \r
                    """);
        }
    }

    @Test
    void theHostIsTheAddressWhereNoneIsConfigured() {
        try (LyingServer server = LyingServer.saying(OK)) {
            ask("http: { method: head }", server);

            assertThat(server.requests.get(0))
                    .startsWith("HEAD / HTTP/1.1\r\n")
                    .contains("host: 127.0.0.1:" + server.address().getPort() + "\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, '', PASSED, status 200",
        "302, '', PASSED, status 302",
        "404, '', FAILED, status 404 (expected: 200-399)",
        "503, '', FAILED, status 503 (expected: 200-399)",
        "401, '401', PASSED, status 401",
        "200, '401, 500-599', FAILED, 'status 200 (expected: 401, 500-599)'",
        "599, '401, 500-599', PASSED, status 599"
    })
    void theStatusDecides(int status, String statuses, Outcome outcome, String detail) {
        try (LyingServer server = LyingServer.saying("HTTP/1.1 " + status + " x\r\nContent-Length: 0\r\n\r\n")) {
            String wanted = statuses.isEmpty() ? "" : "statuses: [" + statuses + "]";

            assertThat(ask("http: { " + wanted + " }", server)).isEqualTo(new ProbeResult(outcome, detail));
        }
    }

    @Test
    void interimResponsesAreNoAnswer() {
        try (LyingServer server = LyingServer.saying("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK)) {
            assertThat(ask("http: { body: ok }", server)).isEqualTo(ProbeResult.passed("status 200"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'Content-Length: 12\r\n\r\n{\"ok\": true}', PASSED",
        "'Content-Length: 13\r\n\r\n{\"ok\": false}', FAILED",
        "'Transfer-Encoding: chunked\r\n\r\n8\r\nx{\"ok\": \r\n5\r\ntrue}\r\n0\r\n\r\n', PASSED",
        "'Connection: close\r\n\r\nand then {\"ok\": true} it was', PASSED",
        "'Connection: close\r\n\r\n{\"ok\": tru', FAILED",
        "'Content-Length: 100\r\n\r\n{\"ok\": tru', FAILED",
        "'Content-Length: 0\r\n\r\n', FAILED"
    })
    void theBodyMustContainWhatIsConfigured(String rest, Outcome outcome) {
        try (LyingServer server = LyingServer.saying("HTTP/1.1 200 OK\r\n" + rest)) {
            assertThat(ask("http: { body: '{\"ok\": true}' }", server).outcome())
                    .isEqualTo(outcome);
        }
    }

    @ParameterizedTest
    @CsvSource({"65534, PASSED", "65535, FAILED"})
    void onlyTheFirst64KibibytesOfABodyCount(int before, Outcome outcome) {
        String body = "x".repeat(before) + "ok" + "x".repeat(10_000);
        try (LyingServer server =
                LyingServer.saying("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)) {
            assertThat(ask("http: { body: ok }", server).outcome()).isEqualTo(outcome);
        }
    }

    @Test
    void aBodyWithoutEndIsNotReadWithoutEnd() {
        byte[] block = new byte[64 * 1024];
        try (LyingServer server = LyingServer.start(out -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (never.getCount() > 0) {
                out.write(block);
            }
        })) {
            assertThat(ask("http: { body: ok }", server))
                    .isEqualTo(ProbeResult.failed("the first 64 KiB of the body do not contain what they must"));
            assertThat(ask("http: { }", server)).isEqualTo(ProbeResult.passed("status 200"));
            await().until(() -> server.open() == 0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'SSH-2.0-OpenSSH_9.2\r\n\r\n', answers what is no HTTP",
        "'HTTP/1.1 abc OK\r\n\r\n', answers what is no HTTP",
        "'', closed the connection before it answered",
        "'HTTP/1.1 200 OK\r\nContent-', closed the connection before it answered"
    })
    void whatIsNoHttpFails(String answer, String detail) {
        try (LyingServer server = LyingServer.saying(answer)) {
            ProbeResult result = ask("http: { }", server);

            assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(result.detail())
                    .startsWith(detail)
                    .doesNotContainPattern("\\p{Cntrl}")
                    .hasSizeLessThan(200);
        }
    }

    @Test
    void aHeadWithoutEndFails() {
        try (LyingServer server = LyingServer.start(out -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            while (never.getCount() > 0) {
                out.write("X-Again: and again\r\n".repeat(100).getBytes(StandardCharsets.US_ASCII));
            }
        })) {
            assertThat(ask("http: { }", server).detail()).startsWith("answers what is no HTTP");
            await().until(() -> server.open() == 0);
        }
    }

    @Test
    void anEndpointThatTakesTheRequestAndSaysNothingIsSilent() {
        try (LyingServer server = LyingServer.start(out -> never.await())) {
            assertThat(ask("http: { }", server.address(), Asking.SHORT))
                    .isEqualTo(ProbeResult.silent("no answer within 300 ms"));
        }
    }

    /** Each octet comes in good time, all of them do not. */
    @Test
    void anAnswerThatDripsIsSilence() {
        try (LyingServer server = LyingServer.start(out -> {
            out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
            while (!never.await(10, TimeUnit.MILLISECONDS)) {
                out.write('x');
                out.flush();
            }
        })) {
            assertThat(ask("http: { }", server.address(), Asking.SHORT).outcome())
                    .isEqualTo(Outcome.SILENT);
            await().until(() -> server.open() == 0);
        }
    }

    /** The kernel of a host that is gone answers no connect; here, a full queue of a server that accepts nobody. */
    @Test
    void anEndpointThatAcceptsNobodyIsSilent() throws IOException {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = (InetSocketAddress) deaf.getLocalSocketAddress();
            List<CompletableFuture<ProbeResult>> asked = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                asked.add(asking.probe("http: { }").ask(address, Asking.SHORT).toCompletableFuture());
            }

            assertThat(asked)
                    .extracting(CompletableFuture::join)
                    .extracting(ProbeResult::detail)
                    .contains("no connection within 300 ms");
        }
    }

    @Test
    void aTrustedCertificatePasses() {
        TestCertificates certificates = TestCertificates.create();
        try (LyingServer server = tls(certificates)) {
            assertThat(ask("http: { " + Asking.trusting(certificates) + " }", server))
                    .isEqualTo(ProbeResult.passed("status 200"));
        }
    }

    @Test
    void aCertificateThatIsNotTrustedFails() {
        try (LyingServer server = tls(TestCertificates.create())) {
            ProbeResult result = ask("http: { " + Asking.trusting(TestCertificates.create()) + " }", server);

            assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(result.detail()).startsWith("TLS: ");
        }
    }

    @Test
    void aCertificateForSomebodyElseFailsUnlessItsNameIsConfigured() {
        TestCertificates certificates = TestCertificates.forHost("vvm.example.org");
        try (LyingServer server = tls(certificates)) {
            assertThat(ask("http: { " + Asking.trusting(certificates) + " }", server)
                            .detail())
                    .startsWith("TLS: ");
            assertThat(ask("http: { host: vvm.example.org, " + Asking.trusting(certificates) + " }", server))
                    .isEqualTo(ProbeResult.passed("status 200"));
        }
    }

    @Test
    void aServerThatSpeaksNoTlsFails() {
        try (LyingServer server = LyingServer.start(out -> {})) {
            ProbeResult result =
                    ask("http: { " + Asking.trusting(TestCertificates.create()) + " }", server.address(), Asking.SHORT);
            assertThat(result.outcome()).isNotEqualTo(Outcome.PASSED);
        }
    }

    @Test
    void aCertificateThatIsNoneIsRefusedWithTheKeyThatHoldsIt() {
        assertThatThrownBy(() -> asking.probe("http: { tls: { enabled: true, ca: nonsense } }"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("health-check.http.tls")
                .hasMessageNotContaining("nonsense");
    }

    /** The sockets of hundreds of checks are gone with them. */
    @Test
    void nothingIsLeftOpen() {
        try (LyingServer server = LyingServer.saying(OK)) {
            for (int i = 0; i < 300; i++) {
                assertThat(ask("http: { body: ok }", server).outcome()).isEqualTo(Outcome.PASSED);
            }
            await().until(() -> server.open() == 0);
        }
    }

    private static LyingServer tls(TestCertificates certificates) {
        return LyingServer.overTls(
                certificates.serverContext(), out -> out.write(OK.getBytes(StandardCharsets.US_ASCII)));
    }

    private ProbeResult ask(String check, LyingServer server) {
        return asking.ask(check, server.address());
    }

    private ProbeResult ask(String check, InetSocketAddress address, Duration timeout) {
        return asking.ask(check, address, timeout);
    }
}
