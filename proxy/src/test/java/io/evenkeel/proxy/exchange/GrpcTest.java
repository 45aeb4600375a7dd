package io.evenkeel.proxy.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.http.HeadVerdict;
import io.evenkeel.proxy.http.RequestHead;
import io.evenkeel.proxy.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrpcTest {

    private static RequestHead request(String fields) {
        RequestHead head = new RequestHead(4096, 50);
        ByteBuf octets = octets("POST /a.B/C HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n");
        assertThat(head.read(octets, new RequestHead.Limits(4096, 50, 1000))).isEqualTo(HeadVerdict.COMPLETE);
        return head;
    }

    private static ByteBuf octets(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource({
        "application/grpc,                  true",
        "application/grpc+proto,            true",
        "application/grpc;charset=utf-8,    true",
        "Application/GRPC,                  true",
        "application/grpc-web,              false",
        "application/grpc-web+proto,        false",
        "application/grp,                   false",
        "application/json,                  false"
    })
    void aCallIsKnownByItsContentType(String type, boolean call) {
        assertThat(Grpc.call(request("Content-Type: " + type + "\r\n"))).isEqualTo(call);
    }

    @Test
    void whatHasNoContentTypeIsNoCall() {
        assertThat(Grpc.call(request(""))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1H,         3600000000000",
        "2M,         120000000000",
        "3S,         3000000000",
        "4m,         4000000",
        "5u,         5000",
        "6n,         6",
        "99999999H,  31536000000000000",
        "0S,         1"
    })
    void aTimeoutIsDigitsAndAUnit(String text, long nanos) {
        assertThat(Grpc.timeoutNanos(request("grpc-timeout: " + text + "\r\n"))).isEqualTo(nanos);
    }

    @ParameterizedTest
    @CsvSource({"1", "S", "1s", "1h", "-1S", "+1S", "1.5S", "123456789S", "1 S", "0x1S", "1SS"})
    void whatIsNoTimeoutIsLeftToTheEndpoint(String text) {
        assertThat(Grpc.timeoutNanos(request("grpc-timeout: " + text + "\r\n"))).isZero();
    }

    @Test
    void whoSaysNothingMayWait() {
        assertThat(Grpc.timeoutNanos(request(""))).isZero();
    }

    @ParameterizedTest
    @CsvSource({"14, true", "0, false", "1, false", "4, false", "140, false", "114, false"})
    void anEndpointThatIsNotToBeHadSaysSo(String status, boolean unavailable) {
        ResponseHead head = new ResponseHead(4096, 50);
        head.read(octets("HTTP/1.1 200 OK\r\ngrpc-status: " + status + "\r\n\r\n"), 4096, 50);
        ByteBuf trailers = octets("x: 14\r\ngrpc-status: " + status + "\r\ngrpc-message: 14\r\n\r\n");

        assertThat(Grpc.unavailable(head)).isEqualTo(unavailable);
        assertThat(Grpc.unavailable(trailers)).isEqualTo(unavailable);
        assertThat(Grpc.unavailable(octets("\r\n"))).isFalse();
    }
}
