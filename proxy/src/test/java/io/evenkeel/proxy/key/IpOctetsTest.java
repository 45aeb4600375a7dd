package io.evenkeel.proxy.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpOctetsTest {

    private static String read(String text) {
        byte[] into = new byte[IpOctets.IPV6_BYTES];
        byte[] padded = ("<" + text + ">").getBytes(StandardCharsets.ISO_8859_1);
        int length = IpOctets.parse(padded, 1, padded.length - 1, into);
        return length == 0 ? "none" : NetUtil.bytesToIpAddress(Arrays.copyOf(into, length));
    }

    /** Literals alone: what has a colon is put in brackets, and nothing else that is not one gets here. */
    private static String java(String text) throws UnknownHostException {
        InetAddress address = InetAddress.getByName(text.contains(":") ? "[" + text + "]" : text);
        return NetUtil.bytesToIpAddress(address.getAddress());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "255.255.255.255",
                "1.2.3.4",
                "::",
                "::1",
                "1::",
                "1:2:3:4:5:6:7:8",
                "2001:db8::ff00:42:8329",
                "::1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7::",
                "fe80::1",
                "::1.2.3.4",
                "64:ff9b::1.2.3.4",
                "1:2:3:4:5:6:1.2.3.4"
            })
    void anAddressIsReadAsJavaReadsIt(String text) throws UnknownHostException {
        assertThat(read(text)).isEqualTo(java(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "1.2.3.4:80",
                "1..3.4",
                ":",
                ":::",
                "1:",
                ":1",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "12345::",
                "g::",
                "fe80::1%eth0",
                "[::1]",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::1.2.3",
                "1.2.3.4::",
                "::1:2:3:4:5:6:7:8",
                "unknown",
                "_hidden"
            })
    void whatIsNoAddressIsNone(String text) {
        assertThat(read(text)).isEqualTo("none");
    }

    /** Java is more forgiving here and there; whatever is read here must mean the same there. */
    @Test
    void whateverIsReadMeansTheSameToJava() throws UnknownHostException {
        SplittableRandom random = new SplittableRandom(7);
        String alphabet = "0123fF::..";
        int addresses = 0;
        for (int i = 0; i < 400_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = 2 + random.nextInt(10); j > 0; j--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String read = read(text.toString());
            if (!read.equals("none")) {
                addresses++;
                assertThat(read).as(text.toString()).isEqualTo(java(text.toString()));
            }
        }
        assertThat(addresses).isGreaterThan(100);
    }
}
