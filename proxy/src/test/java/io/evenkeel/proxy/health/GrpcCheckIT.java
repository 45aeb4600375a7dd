package io.evenkeel.proxy.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.balancer.health.ProbeResult;
import io.evenkeel.balancer.health.ProbeResult.Outcome;
import io.evenkeel.discovery.testing.TestCertificates;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls of the gRPC health service over real sockets, answered in every way that HTTP/2 knows, and in some that it does not. */
class GrpcCheckIT {

    private static final String SERVING = "00000000020801";

    private final Asking asking = new Asking();

    @AfterEach
    void stop() {
        asking.close();
    }

    @Test
    void theCallIsWhatTheProtocolWants() {
        try (Http2Server server = Http2Server.start(message(SERVING))) {
            ProbeResult result =
                    asking.ask("grpc: { service: orders.v1.Orders, host: orders.local }", server.address());

            assertThat(result).isEqualTo(ProbeResult.passed("SERVING"));
            assertThat(server.heads.get(0).toString())
                    .contains(":method: POST")
                    .contains(":scheme: http")
                    .contains(":path: /grpc.health.v1.Health/Check")
                    .contains(":authority: orders.local")
                    .contains("te: trailers")
                    .contains("content-type: application/grpc");
            assertThat(server.messages)
                    .containsExactly("0000000012" + "0a10"
                            + ByteBufUtil.hexDump("orders.v1.Orders".getBytes(StandardCharsets.US_ASCII)));
        }
    }

    @Test
    void theServerAsAWholeIsAskedForAtItsAddressWhereNothingIsConfigured() {
        try (Http2Server server = Http2Server.start(message(SERVING))) {
            assertThat(asking.ask("grpc: {}", server.address())).isEqualTo(ProbeResult.passed("SERVING"));
            assertThat(server.heads.get(0).authority())
                    .hasToString("127.0.0.1:" + server.address().getPort());
            assertThat(server.messages).containsExactly("0000000000");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "00000000020801, PASSED, SERVING",
        "00000000020802, FAILED, NOT_SERVING",
        "00000000020803, FAILED, SERVICE_UNKNOWN",
        "00000000020800, FAILED, UNKNOWN",
        "0000000000, FAILED, UNKNOWN",
        "0000000003088801, FAILED, serving status 136",
        "'', FAILED, answers without a message",
        "000000, FAILED, answers without a message",
        "000000000712037878780801, PASSED, SERVING",
        "0000000004080108, FAILED, answers with other than one whole message",
        "0000000003080102, FAILED, answers with a message that is no HealthCheckResponse",
        "000000000108, FAILED, answers with a message that is no HealthCheckResponse",
        "0000000002080100000000020801, FAILED, answers with other than one whole message",
        "01000000020801, FAILED, 'answers with a compressed message, which nobody asked for'",
        "ffffffff020801, FAILED, 'answers with a compressed message, which nobody asked for'"
    })
    void theServingStatusDecides(String message, Outcome outcome, String detail) {
        try (Http2Server server = Http2Server.start(message(message))) {
            assertThat(asking.ask("grpc: {}", server.address())).isEqualTo(new ProbeResult(outcome, detail));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "5, unknown service, 'does not know the service: grpc-status 5 NOT_FOUND: unknown service'",
        "12, '', has no health service: grpc-status 12 UNIMPLEMENTED",
        "14, try later, 'grpc-status 14 UNAVAILABLE: try later'",
        "99, '', grpc-status 99",
        "-1, '', grpc-status -1"
    })
    void anErrorFailsInTheHeadAsInTheTrailers(String status, String text, String detail) {
        Http2Headers error = new DefaultHttp2Headers().add("grpc-status", status);
        if (!text.isEmpty()) {
            error.add("grpc-message", text);
        }
        try (Http2Server trailersOnly =
                        Http2Server.start((context, stream) -> write(context, stream, ok().add(error), true));
                Http2Server trailers = Http2Server.start((context, stream) -> {
                    write(context, stream, ok(), false);
                    data(context, stream, SERVING, false);
                    write(context, stream, new DefaultHttp2Headers().add(error), true);
                })) {
            assertThat(asking.ask("grpc: {}", trailersOnly.address())).isEqualTo(ProbeResult.failed(detail));
            assertThat(asking.ask("grpc: {}", trailers.address())).isEqualTo(ProbeResult.failed(detail));
        }
    }

    @Test
    void anAnswerWithoutStatusFails() {
        try (Http2Server data = Http2Server.start((context, stream) -> {
                    write(context, stream, ok(), false);
                    data(context, stream, SERVING, true);
                });
                Http2Server head = Http2Server.start((context, stream) -> write(context, stream, ok(), true))) {
            ProbeResult expected = ProbeResult.failed("ended the answer without grpc-status");

            assertThat(asking.ask("grpc: {}", data.address())).isEqualTo(expected);
            assertThat(asking.ask("grpc: {}", head.address())).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "404, text/html, HTTP status 404",
        "503, application/grpc, HTTP status 503",
        "200, text/html, 'answers with text/html, not application/grpc'"
    })
    void anHttpServerIsNoGrpcServer(String status, String type, String detail) {
        Http2Headers head = new DefaultHttp2Headers().status(status).add("content-type", type);
        try (Http2Server server = Http2Server.start((context, stream) -> write(context, stream, head, true))) {
            assertThat(asking.ask("grpc: {}", server.address())).isEqualTo(ProbeResult.failed(detail));
        }
    }

    @Test
    void interimResponsesAreNoAnswer() {
        try (Http2Server server = Http2Server.start((context, stream) -> {
            write(context, stream, new DefaultHttp2Headers().status("103"), false);
            message(SERVING).answer(context, stream);
        })) {
            assertThat(asking.ask("grpc: {}", server.address())).isEqualTo(ProbeResult.passed("SERVING"));
        }
    }

    @Test
    void aCallThatIsResetFailsWithTheCode() {
        try (Http2Server server = Http2Server.start((context, stream) ->
                context.write(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM).stream(stream)))) {
            assertThat(asking.ask("grpc: {}", server.address()))
                    .isEqualTo(ProbeResult.failed("reset the call: REFUSED_STREAM"));
        }
    }

    @Test
    void aServerThatGoesAwayFailsUnlessItStillAnswers() {
        try (Http2Server rude = Http2Server.start((context, stream) -> context.write(new DefaultHttp2GoAwayFrame(
                        Http2Error.ENHANCE_YOUR_CALM,
                        Unpooled.copiedBuffer("too_many_pings", StandardCharsets.US_ASCII))));
                Http2Server orderly = Http2Server.start((context, stream) -> {
                    context.write(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
                    message(SERVING).answer(context, stream);
                })) {
            assertThat(asking.ask("grpc: {}", rude.address()))
                    .isEqualTo(ProbeResult.failed("goes away: ENHANCE_YOUR_CALM, too_many_pings"));
            assertThat(asking.ask("grpc: {}", orderly.address())).isEqualTo(ProbeResult.passed("SERVING"));
        }
    }

    @Test
    void anAnswerWithoutEndIsNotKept() {
        try (Http2Server server = Http2Server.start((context, stream) -> {
            write(context, stream, ok(), false);
            data(context, stream, "00".repeat(5000), false);
        })) {
            assertThat(asking.ask("grpc: {}", server.address()))
                    .isEqualTo(ProbeResult.failed("answers with more than 4 KiB"));
        }
    }

    @Test
    void aServerThatTakesTheCallAndSaysNothingIsSilent() {
        try (Http2Server server = Http2Server.start((context, stream) -> {})) {
            assertThat(asking.ask("grpc: {}", server.address(), Asking.SHORT))
                    .isEqualTo(ProbeResult.silent("no answer within 300 ms"));
        }
    }

    @Test
    void whatIsNoHttp2Fails() {
        CountDownLatch answered = new CountDownLatch(1);
        try (LyingServer server = LyingServer.start(out -> {
            out.write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            answered.await();
        })) {
            ProbeResult result = asking.ask("grpc: {}", server.address());

            assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(result.detail()).startsWith("answers what is no HTTP/2").doesNotContainPattern("\\p{Cntrl}");
        }
    }

    @Test
    void aConnectionThatIsClosedIsNoAnswer() {
        try (Http2Server server = Http2Server.start((context, stream) -> context.close())) {
            assertThat(asking.ask("grpc: {}", server.address()))
                    .isEqualTo(ProbeResult.failed("closed the connection before it answered"));
        }
    }

    @Test
    void aHeadBeyondTheLimitFails() {
        try (Http2Server server = Http2Server.start(
                (context, stream) -> write(context, stream, ok().add("x", "y".repeat(17_000)), true))) {
            assertThat(asking.ask("grpc: {}", server.address()).outcome()).isEqualTo(Outcome.FAILED);
        }
    }

    @Test
    void overTlsTheNameMustBeRightAndH2IsOffered() {
        TestCertificates certificates = TestCertificates.forHost("orders.local");
        try (Http2Server server = Http2Server.overTls(certificates.serverContext(), message(SERVING))) {
            String tls = Asking.trusting(certificates);

            assertThat(asking.ask("grpc: { host: orders.local, " + tls + " }", server.address()))
                    .isEqualTo(ProbeResult.passed("SERVING"));
            assertThat(server.heads.get(0).scheme()).hasToString("https");
            assertThat(asking.ask("grpc: { " + tls + " }", server.address()).detail())
                    .startsWith("TLS: ");
        }
    }

    @Test
    void aCertificateThatIsNoneIsRefusedWithTheKeyThatHoldsIt() {
        assertThatThrownBy(() -> asking.probe("grpc: { tls: { enabled: true, ca: nonsense } }"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("health-check.grpc.tls");
    }

    /** An answer of this message, in hexadecimal digits, that ends well. */
    private static Http2Server.Behaviour message(String hex) {
        return (context, stream) -> {
            write(context, stream, ok(), false);
            data(context, stream, hex, false);
            write(context, stream, new DefaultHttp2Headers().add("grpc-status", "0"), true);
        };
    }

    private static Http2Headers ok() {
        return new DefaultHttp2Headers().status("200").add("content-type", "application/grpc");
    }

    private static void write(ChannelHandlerContext context, Http2FrameStream stream, Http2Headers head, boolean end) {
        context.write(new DefaultHttp2HeadersFrame(head, end).stream(stream));
    }

    private static void data(ChannelHandlerContext context, Http2FrameStream stream, String hex, boolean end) {
        context.write(
                new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)), end).stream(stream));
    }
}
