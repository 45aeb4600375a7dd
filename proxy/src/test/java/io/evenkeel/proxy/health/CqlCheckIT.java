package io.evenkeel.proxy.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.balancer.health.ProbeResult;
import io.evenkeel.balancer.health.ProbeResult.Outcome;
import io.evenkeel.discovery.testing.TestCertificates;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CQL checks over real sockets, of servers that answer well, badly and not at all. */
class CqlCheckIT {

    /** Octets of the OPTIONS frame. */
    private static final int OPTIONS_BYTES = 9;

    /** SUPPORTED as Cassandra 5 says it, shortened: CQL_VERSION: [3.4.7], COMPRESSION: [lz4]. */
    private static final String SUPPORTED_BODY =
            "0002" + text("CQL_VERSION") + "0001" + text("3.4.7") + text("COMPRESSION") + "0001" + text("lz4");

    private final Asking asking = new Asking();
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void stop() {
        never.countDown();
        asking.close();
    }

    @Test
    void aServerThatTellsItsOptionsPasses() {
        try (LyingServer server = saying(frame("84000000", "06", SUPPORTED_BODY))) {
            assertThat(asking.ask("cql: {}", server.address())).isEqualTo(ProbeResult.passed("CQL 3.4.7"));
            assertThat(server.requests)
                    .containsExactly(new String(
                            ByteBufUtil.decodeHexDump("04000000" + "05" + "00000000"), StandardCharsets.ISO_8859_1));
            await().until(() -> server.open() == 0);
        }
    }

    @Test
    void anAnswerInPiecesIsPutTogether() {
        byte[] answer = ByteBufUtil.decodeHexDump(frame("84000000", "06", SUPPORTED_BODY));
        try (LyingServer server = LyingServer.after(OPTIONS_BYTES, out -> {
            for (byte octet : answer) {
                out.write(octet);
                out.flush();
            }
            never.await();
        })) {
            assertThat(asking.ask("cql: {}", server.address())).isEqualTo(ProbeResult.passed("CQL 3.4.7"));
        }
    }

    @Test
    void aServerOfAnotherVersionIsAServer() {
        String body = "0000000a" + text("Invalid or unsupported protocol version (4)");
        try (LyingServer older = saying("820000" + "00" + length(body) + body);
                LyingServer newer = saying(frame("86000000", "00", body))) {
            ProbeResult expected =
                    ProbeResult.passed("another version of CQL: Invalid or unsupported protocol version (4)");

            assertThat(asking.ask("cql: {}", older.address())).isEqualTo(expected);
            assertThat(asking.ask("cql: {}", newer.address())).isEqualTo(expected);
        }
    }

    @Test
    void anyOtherErrorFails() {
        try (LyingServer server = saying(frame("84000000", "00", "00001001" + text("overloaded")))) {
            assertThat(asking.ask("cql: {}", server.address()))
                    .isEqualTo(ProbeResult.failed("error 0x1001: overloaded"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "84000000 06 00000002 0001, a frame that is cut short",
        "84000000 06 00000001 00, a frame that is cut short",
        "84000000 06 00000004 00000000, a frame with more than it should have",
        "84000000 00 00000004 0000000a, a frame that is cut short",
        "84000000 02 00000000, opcode 2 (expected: SUPPORTED)",
        "84000000 06 00010001, a frame of 65537 octets",
        "84000000 06 ffffffff, a frame of 4294967295 octets",
        "04000000 05 00000000, what is no CQL",
        "80000000 06 00000000, what is no CQL",
        "485454502f312e31, what is no CQL"
    })
    void whatIsNoAnswerFails(String octets, String detail) {
        try (LyingServer server = saying(octets.replace(" ", ""))) {
            assertThat(asking.ask("cql: {}", server.address())).isEqualTo(ProbeResult.failed("answers " + detail));
        }
    }

    @ParameterizedTest
    @CsvSource({"''", "84", "84000000060000000400"})
    void anAnswerThatIsCutShortFails(String octets) {
        try (LyingServer server = saying(octets)) {
            assertThat(asking.ask("cql: {}", server.address()))
                    .isEqualTo(ProbeResult.failed("closed the connection before it answered"));
        }
    }

    @Test
    void aServerThatSaysNothingIsSilent() {
        try (LyingServer server = LyingServer.after(OPTIONS_BYTES, out -> never.await())) {
            assertThat(asking.ask("cql: {}", server.address(), Asking.SHORT))
                    .isEqualTo(ProbeResult.silent("no answer within 300 ms"));
        }
    }

    @Test
    void overTlsTheNameMustBeRight() {
        TestCertificates certificates = TestCertificates.forHost("scylla.local");
        byte[] answer = ByteBufUtil.decodeHexDump(frame("84000000", "06", SUPPORTED_BODY));
        try (LyingServer server =
                LyingServer.overTls(certificates.serverContext(), OPTIONS_BYTES, out -> out.write(answer))) {
            String tls = Asking.trusting(certificates);

            assertThat(asking.ask("cql: { host: scylla.local, " + tls + " }", server.address()))
                    .isEqualTo(ProbeResult.passed("CQL 3.4.7"));
            assertThat(asking.ask("cql: { " + tls + " }", server.address()).outcome())
                    .isEqualTo(Outcome.FAILED);
        }
    }

    private static LyingServer saying(String hex) {
        return LyingServer.after(OPTIONS_BYTES, out -> out.write(ByteBufUtil.decodeHexDump(hex)));
    }

    private static String frame(String head, String opcode, String body) {
        return head + opcode + length(body) + body;
    }

    private static String length(String hex) {
        return "%08x".formatted(hex.length() / 2);
    }

    /** A [string] of the protocol. */
    private static String text(String value) {
        return "%04x".formatted(value.length()) + ByteBufUtil.hexDump(value.getBytes(StandardCharsets.US_ASCII));
    }
}
