package io.evenkeel.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketKeyTest {

    /** The example of RFC 6455 §1.3. */
    private static final WebSocketKey KEY = WebSocketKey.of(Octets.ascii("dGhlIHNhbXBsZSBub25jZQ=="));

    private static ResponseHead head(String fields) {
        return Heads.response("HTTP/1.1 200 OK\r\n" + fields.replace("|", "\r\n") + "\r\n\r\n");
    }

    @Test
    void theOneRightAnswerIsAccepted() {
        assertThat(KEY.acceptedBy(head("X: y|SEC-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X: y",
                "Sec-WebSocket-Accept:",
                "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOO=",
                "Sec-WebSocket-Accept: S3PPLMBITXAQ9KYGZZHZRBK+XOO=",
                "Sec-WebSocket-Accept: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=|Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
            })
    void anyOtherAnswerIsNot(String fields) {
        assertThat(KEY.acceptedBy(head(fields))).isFalse();
    }

    @Test
    void eachKeyIsAnother() {
        assertThat(WebSocketKey.make().text())
                .hasSize(24)
                .isNotEqualTo(WebSocketKey.make().text());
    }
}
