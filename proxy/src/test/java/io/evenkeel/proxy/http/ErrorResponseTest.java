package io.evenkeel.proxy.http;

import static io.evenkeel.proxy.http.ResponseHeadEditor.Persistence.CLOSE;
import static io.evenkeel.proxy.http.ResponseHeadEditor.Persistence.IMPLICIT;
import static io.evenkeel.proxy.http.ResponseHeadEditor.Persistence.KEEP_ALIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.proxy.http.ResponseHeadEditor.Persistence;
import io.evenkeel.proxy.telemetry.Failure;
import io.netty.buffer.ByteBufAllocator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorResponseTest {

    private final ErrorResponse response =
            new ErrorResponse(new HttpDate(InstantSource.fixed(Instant.parse("2026-11-21T15:00:00Z"))));

    private final RequestId id = new RequestId(new SplittableRandom(1));

    @BeforeEach
    void makeId() {
        id.make();
    }

    private String write(int status, Persistence persistence, boolean headOnly) {
        return Heads.drain(response.write(status, id, persistence, headOnly, ByteBufAllocator.DEFAULT));
    }

    private String head(String statusLine, String more) {
        return statusLine + "\r\nDate: Sat, 21 Nov 2026 15:00:00 GMT\r\nContent-Type: text/plain\r\n"
                + "Cache-Control: no-store\r\nX-Request-Id: " + id + "\r\n" + more + "\r\n";
    }

    @Test
    void itTellsTheRequestIdAndNothingElse() {
        assertThat(write(400, CLOSE, false))
                .isEqualTo(head("HTTP/1.1 400 Bad Request", "Content-Length: 45\r\nConnection: close\r\n")
                        + "request id: " + id + "\n");
    }

    @Test
    void theAnswerToHeadHasNoBodyButItsLength() {
        assertThat(write(502, IMPLICIT, true)).isEqualTo(head("HTTP/1.1 502 Bad Gateway", "Content-Length: 45\r\n"));
    }

    /** RFC 9110 §10.2.3, §15.5.6. */
    @Test
    void someStatusesNeedAField() {
        assertThat(write(503, KEEP_ALIVE, true))
                .isEqualTo(head(
                        "HTTP/1.1 503 Service Unavailable",
                        "Retry-After: 1\r\nContent-Length: 45\r\nConnection: keep-alive\r\n"));
        assertThat(write(405, CLOSE, true)).contains("\r\nAllow: GET, ");
        assertThat(write(404, CLOSE, true)).doesNotContain("Retry-After", "Allow");
    }

    /** RFC 6585 §4; draft-ietf-httpapi-ratelimit-headers-06 §5. */
    @Test
    void whoIsOverALimitIsToldWhenToComeBack() {
        response.limited(100, 7);
        assertThat(write(429, IMPLICIT, true))
                .isEqualTo(head(
                        "HTTP/1.1 429 Too Many Requests",
                        "Retry-After: 7\r\nRateLimit-Limit: 100\r\nRateLimit-Remaining: 0\r\nRateLimit-Reset: 7\r\n"
                                + "Content-Length: 45\r\n"));
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void everyFailureThatIsAnsweredIsAResponseThatThisRouterWouldTake(Failure failure) {
        int neverSent = 499;
        if (failure.status() == neverSent) {
            assertThatThrownBy(() -> write(neverSent, CLOSE, false)).hasMessageContaining("499");
            return;
        }
        String text = write(failure.status(), CLOSE, false);
        ResponseHead head = Heads.response(text);

        assertThat(head.status()).isEqualTo(failure.status());
        assertThat(head.framing().contentLength()).isEqualTo(text.length() - head.length());
        assertThat(head.keepAlive()).isFalse();
    }
}
