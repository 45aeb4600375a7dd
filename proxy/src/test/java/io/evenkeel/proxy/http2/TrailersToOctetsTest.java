package io.evenkeel.proxy.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrailersToOctetsTest {

    private final TrailersToOctets writer = new TrailersToOctets();

    @Test
    void trailersAreLinesAndAnEmptyLine() {
        assertThat(Sections.drain(writer.write(Sections.list("grpc-status: 0", "x: "), ByteBufAllocator.DEFAULT)))
                .isEqualTo("grpc-status: 0\r\nx: \r\n\r\n");
    }

    /** RFC 9113 §8.1 (no pseudo-header fields), §8.2; RFC 9110 §6.5.1. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ":path: /",
                ":status: 200",
                "X: y",
                "x: a\r\ny: b",
                "x: a\nb",
                "x: a\u0000b",
                "x:  a",
                "x: a ",
                "x y: a",
                "content-length: 0",
                "transfer-encoding: chunked",
                "host: a",
                "connection: close",
                "te: trailers",
                "cookie: a",
                "set-cookie: a",
                "authorization: a",
                "trailer: x",
                "upgrade: x"
            })
    void whatMayNotBeATrailerMakesTheSectionMalformed(String line) {
        assertThat(Sections.drain(writer.write(Sections.list("a: b", line), ByteBufAllocator.DEFAULT)))
                .isNull();
    }
}
