package io.evenkeel.proxy.proxyprotocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageEncoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderTest {

    private final ProxyHeader header = new ProxyHeader();

    private String said() {
        Passage passage = Objects.requireNonNull(header.passage());
        return passage.source() + " " + passage.destination();
    }

    @ParameterizedTest
    @CsvSource({
        "'PROXY TCP4 192.0.2.7 198.51.100.1 56324 443', /192.0.2.7:56324 /198.51.100.1:443",
        "'PROXY TCP4 255.255.255.255 0.0.0.0 65535 0', /255.255.255.255:65535 /0.0.0.0:0",
        "'PROXY TCP6 2001:db8::7 2001:DB8::1 56324 443', '/[2001:db8:0:0:0:0:0:7]:56324 /[2001:db8:0:0:0:0:0:1]:443'"
    })
    void aLineOfTextSaysFromWhereToWhere(String line, String expected) {
        ByteBuf in = Headers.text(line + "\r\nrest");
        assertThat(header.read(in)).isEqualTo(HeaderVerdict.COMPLETE);
        assertThat(header.length()).isEqualTo(line.length() + 2);
        assertThat(said()).isEqualTo(expected);
        assertThat(in.readableBytes()).isEqualTo(line.length() + 6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY UNKNOWN\r\n",
                "PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n",
                "PROXY UNKNOWN what ever\r\n"
            })
    void anUnknownOriginIsNoOrigin(String line) {
        assertThat(header.read(Headers.text(line))).isEqualTo(HeaderVerdict.COMPLETE);
        assertThat(header.length()).isEqualTo(line.length());
        assertThat(header.passage()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY \r\n",
                "PROXY UNKNOWN2\r\n",
                "PROXY TCP4\r\n",
                "PROXY TCP5 1.1.1.1 2.2.2.2 1 2\r\n",
                "PROXY tcp4 1.1.1.1 2.2.2.2 1 2\r\n",
                "PROXY TCP4 1.1.1.1 2.2.2.2 1\r\n",
                "PROXY TCP4 1.1.1.1 2.2.2.2 1 2 3\r\n",
                "PROXY TCP4  1.1.1.1 2.2.2.2 1 2\r\n",
                "PROXY TCP4 1.1.1.1 2.2.2.2 1 2 \r\n",
                "PROXY TCP4 1.1.1.1\t2.2.2.2 1 2\r\n",
                "PROXY TCP4 01.1.1.1 2.2.2.2 1 2\r\n",
                "PROXY TCP4 1.1.1 2.2.2.2 1 2\r\n",
                "PROXY TCP4 1.1.1.1.1 2.2.2.2 1 2\r\n",
                "PROXY TCP4 1.1.1.256 2.2.2.2 1 2\r\n",
                "PROXY TCP4 ::1 ::2 1 2\r\n",
                "PROXY TCP4 localhost 2.2.2.2 1 2\r\n",
                "PROXY TCP6 1.1.1.1 2.2.2.2 1 2\r\n",
                "PROXY TCP6 fe80::1%lo ::2 1 2\r\n",
                "PROXY TCP6 [::1] ::2 1 2\r\n",
                "PROXY TCP6 ::1::2 ::2 1 2\r\n",
                "PROXY TCP4 1.1.1.1 2.2.2.2 65536 2\r\n",
                "PROXY TCP4 1.1.1.1 2.2.2.2 -1 2\r\n",
                "PROXY TCP4 1.1.1.1 2.2.2.2 +1 2\r\n",
                "PROXY TCP4 1.1.1.1 2.2.2.2 007 2\r\n",
                "PROXY TCP4 1.1.1.1 2.2.2.2 1 2\n",
                "PROXY TCP4 1.1.1.1 2.2.2.2 1 2\rx",
                "PROXY UNKNOWN \r\r\n"
            })
    void anotherLineIsMalformed(String line) {
        assertThat(header.read(Headers.text(line))).isEqualTo(HeaderVerdict.MALFORMED);
        assertThat(header.passage()).isNull();
    }

    @Test
    void aLineOf107BytesIsAllowedAndALongerOneIsNot() {
        String longest = "PROXY UNKNOWN " + "x".repeat(91);
        assertThat(header.read(Headers.text(longest + "\r\n"))).isEqualTo(HeaderVerdict.COMPLETE);
        assertThat(header.length()).isEqualTo(107);
        assertThat(header.read(Headers.text(longest + "x\r\n"))).isEqualTo(HeaderVerdict.MALFORMED);
        assertThat(header.read(Headers.text(longest + "xx"))).isEqualTo(HeaderVerdict.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET / HTTP/1.1", "P", "PUT", "PRI * HTTP/2.0", "PROXZ", "PROXY\t", "\r\n\r\n", "\r\nx", "\0"})
    void whatBeginsDifferentlyIsNoHeader(String text) {
        HeaderVerdict expected =
                text.equals("P") || text.equals("\r\n\r\n") ? HeaderVerdict.INCOMPLETE : HeaderVerdict.ABSENT;
        assertThat(header.read(Headers.text(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2111000c" + Headers.IPV4 + ", /192.0.2.7:56324 /198.51.100.1:443",
        "2111000f" + Headers.IPV4 + "040000, /192.0.2.7:56324 /198.51.100.1:443",
        "2111001a" + Headers.IPV4 + "0100026832" + "e00000" + "040003000000, /192.0.2.7:56324 /198.51.100.1:443",
        "2121002420010db800000000000000000000000720010db8000000000000000000000001dc0401bb,"
                + "'/[2001:db8:0:0:0:0:0:7]:56324 /[2001:db8:0:0:0:0:0:1]:443'"
    })
    void aBinaryHeaderSaysFromWhereToWhere(String hex, String expected) {
        assertThat(header.read(Headers.hex(Headers.SIGNATURE + hex + "00ff"))).isEqualTo(HeaderVerdict.COMPLETE);
        assertThat(header.length()).isEqualTo(12 + hex.length() / 2);
        assertThat(said()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20000000",
                "20000003ffffff",
                "2011000c" + Headers.IPV4,
                "20110010" + Headers.IPV4 + "ffffffff",
                "21000000",
                "21000003ffffff",
                "2112000c" + Headers.IPV4
            })
    void theProxysOwnAndOtherKindsOfConnectionsAreNoOrigin(String hex) {
        assertThat(header.read(Headers.hex(Headers.SIGNATURE + hex))).isEqualTo(HeaderVerdict.COMPLETE);
        assertThat(header.length()).isEqualTo(12 + hex.length() / 2);
        assertThat(header.passage()).isNull();
    }

    @Test
    void aUnixSocketIsNoOrigin() {
        assertThat(header.read(Headers.hex(Headers.SIGNATURE + "213100d8" + "2f".repeat(216))))
                .isEqualTo(HeaderVerdict.COMPLETE);
        assertThat(header.length()).isEqualTo(232);
        assertThat(header.passage()).isNull();
        assertThat(header.read(Headers.hex(Headers.SIGNATURE + "213100d7" + "2f".repeat(215))))
                .isEqualTo(HeaderVerdict.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "11",
                "22",
                "2f",
                "30",
                "2110000c" + Headers.IPV4,
                "2113000c" + Headers.IPV4,
                "2141000c" + Headers.IPV4,
                "2111000bc0000207c6336401dc0401",
                "2121000c" + Headers.IPV4,
                "2111000d" + Headers.IPV4 + "04",
                "2111000f" + Headers.IPV4 + "040001",
                "21110010" + Headers.IPV4 + "04000000",
                "2111000f" + Headers.IPV4 + "030000",
                "21110ff1"
            })
    void anotherBinaryHeaderIsMalformed(String hex) {
        assertThat(header.read(Headers.hex(Headers.SIGNATURE + hex))).isEqualTo(HeaderVerdict.MALFORMED);
    }

    @Test
    void aChecksumHasToBeRight() {
        assertThat(header.read(Headers.hex(Headers.ipv4WithChecksum(0)))).isEqualTo(HeaderVerdict.COMPLETE);
        assertThat(said()).isEqualTo("/192.0.2.7:56324 /198.51.100.1:443");
        assertThat(header.read(Headers.hex(Headers.ipv4WithChecksum(1)))).isEqualTo(HeaderVerdict.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 192.0.2.7 198.51.100.1 56324 443\r\n",
                "PROXY TCP6 2001:db8::7 2001:db8::1 56324 443\r\n",
                "PROXY UNKNOWN\r\n"
            })
    void aLineIsFoundWhereverItIsCut(String line) {
        for (int cut = 0; cut < line.length(); cut++) {
            assertThat(header.read(Headers.text(line.substring(0, cut)))).isEqualTo(HeaderVerdict.INCOMPLETE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2111000c" + Headers.IPV4, "2111000f" + Headers.IPV4 + "040000", "20000003ffffff"})
    void aBinaryHeaderIsFoundWhereverItIsCut(String hex) {
        byte[] whole = HexFormat.of().parseHex(Headers.SIGNATURE + hex);
        for (int cut = 0; cut < whole.length; cut++) {
            assertThat(header.read(Unpooled.wrappedBuffer(whole, 0, cut))).isEqualTo(HeaderVerdict.INCOMPLETE);
        }
    }

    @Test
    void whatAnotherEncoderWritesIsRead() {
        for (HAProxyProtocolVersion version : HAProxyProtocolVersion.values()) {
            EmbeddedChannel encoder = new EmbeddedChannel(HAProxyMessageEncoder.INSTANCE);
            encoder.writeOutbound(new HAProxyMessage(
                    version, HAProxyCommand.PROXY, HAProxyProxiedProtocol.TCP6, "2001:db8::7", "2001:db8::1", 1, 2));
            ByteBuf in = encoder.readOutbound();
            assertThat(header.read(in)).isEqualTo(HeaderVerdict.COMPLETE);
            assertThat(header.length()).isEqualTo(in.readableBytes());
            assertThat(said()).isEqualTo("/[2001:db8:0:0:0:0:0:7]:1 /[2001:db8:0:0:0:0:0:1]:2");
            in.release();
            encoder.finishAndReleaseAll();
        }
    }

    /** Seeded: whatever comes, the answer is one of four, and what is complete is within what came. */
    @Test
    void noBytesDoHarm() {
        SplittableRandom random = new SplittableRandom(7);
        byte[][] seeds = {
            HexFormat.of().parseHex(Headers.ipv4WithChecksum(0)),
            HexFormat.of().parseHex(Headers.ipv4("0100026832e00000")),
            "PROXY TCP4 192.0.2.7 198.51.100.1 56324 443\r\n".getBytes(StandardCharsets.US_ASCII)
        };
        int refused = 0;
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = seeds[random.nextInt(seeds.length)].clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            HeaderVerdict verdict = header.read(Unpooled.wrappedBuffer(bytes));
            if (verdict == HeaderVerdict.COMPLETE) {
                assertThat(header.length()).isBetween(15, bytes.length);
            } else {
                refused++;
            }
        }
        assertThat(refused).isBetween(100_000, 199_999);
    }
}
