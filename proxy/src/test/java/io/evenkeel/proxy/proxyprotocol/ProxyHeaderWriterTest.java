package io.evenkeel.proxy.proxyprotocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.UpstreamConfig.ProxyProtocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyHeaderWriterTest {

    private static ByteBuf write(ProxyProtocol version, String source, String destination) {
        Passage passage = new Passage(new InetSocketAddress(source, 56324), new InetSocketAddress(destination, 443));
        return ProxyHeaderWriter.write(version, passage, UnpooledByteBufAllocator.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 198.51.100.1, PROXY TCP4 192.0.2.7 198.51.100.1 56324 443",
        "2001:db8::7, 2001:db8::1, PROXY TCP6 2001:db8::7 2001:db8::1 56324 443",
        "192.0.2.7, 2001:db8::1, PROXY TCP6 ::ffff:192.0.2.7 2001:db8::1 56324 443"
    })
    void version1IsALine(String source, String destination, String line) {
        ByteBuf out = write(ProxyProtocol.V1, source, destination);
        assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo(line + "\r\n");
        out.release();
    }

    @Test
    void version2IsBinary() {
        ByteBuf out = write(ProxyProtocol.V2, "192.0.2.7", "198.51.100.1");
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo(Headers.ipv4(""));
        out.release();
    }

    @ParameterizedTest
    @CsvSource({"V1, 2001:db8::7, 2001:db8::1", "V2, 2001:db8::7, 2001:db8::1", "V2, 192.0.2.7, 2001:db8::1"})
    void whatIsWrittenIsRead(ProxyProtocol version, String source, String destination) {
        ByteBuf out = write(version, source, destination);
        ProxyHeader header = new ProxyHeader();
        assertThat(header.read(out)).isEqualTo(HeaderVerdict.COMPLETE);
        assertThat(header.length()).isEqualTo(out.readableBytes());
        Passage passage = Objects.requireNonNull(header.passage());
        assertThat(passage.source()).isEqualTo(new InetSocketAddress(source, 56324));
        assertThat(passage.destination()).isEqualTo(new InetSocketAddress(destination, 443));
        out.release();
    }
}
