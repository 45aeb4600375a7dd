package io.evenkeel.proxy.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHelloTest {

    private final ClientHello reader = new ClientHello(16 * 1024);

    private HelloVerdict read(byte[] bytes) {
        return reader.read(Unpooled.wrappedBuffer(bytes));
    }

    @Test
    void theNamedServerIsFound() throws Exception {
        assertThat(read(Hellos.of("DB.Example.org"))).isEqualTo(HelloVerdict.NAMED);
        assertThat(reader.server()).isEqualTo("db.example.org");
    }

    @Test
    void aHelloNeedNotNameAServer() throws Exception {
        assertThat(read(Hellos.of(null))).isEqualTo(HelloVerdict.NAMELESS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 50, 1000})
    void aHelloMayBeSpreadOverRecords(int most) throws Exception {
        assertThat(read(Hellos.fragmented(Hellos.of("a.test"), most))).isEqualTo(HelloVerdict.NAMED);
        assertThat(reader.server()).isEqualTo("a.test");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 70, 16_000})
    void aHelloIsFoundWhereverItIsCut(int most) throws Exception {
        byte[] whole = Hellos.fragmented(Hellos.of("a.test"), most);
        for (int cut = 0; cut < whole.length; cut++) {
            assertThat(read(Arrays.copyOf(whole, cut))).as("cut at " + cut).isEqualTo(HelloVerdict.INCOMPLETE);
        }
    }

    @Test
    void whatComesBehindAHelloDoesNotMatter() throws Exception {
        byte[] hello = Hellos.of("a.test");
        assertThat(read(Arrays.copyOf(hello, hello.length + 100))).isEqualTo(HelloVerdict.NAMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "SSH-2.0-x",
                "\026\002\001\0\005\001",
                "\0"
            })
    void whatIsNotTlsNamesNoServer(String text) {
        assertThat(read(text.getBytes(StandardCharsets.ISO_8859_1))).isEqualTo(HelloVerdict.NAMELESS);
    }

    @Test
    void aHelloLongerThanAllowedIsTooLong() throws Exception {
        byte[] hello = Hellos.of("a.test");
        ClientHello strict = new ClientHello(100);
        assertThat(strict.read(Unpooled.wrappedBuffer(hello))).isEqualTo(HelloVerdict.TOO_LONG);
        assertThat(strict.read(Unpooled.wrappedBuffer(hello, 0, 20))).isEqualTo(HelloVerdict.TOO_LONG);
    }

    @Test
    void manySmallRecordsDoNotGetAroundTheLimit() throws Exception {
        byte[] hello = Hellos.of("a.test");
        byte[] crumbs = Hellos.fragmented(hello, 1);
        ClientHello strict = new ClientHello(hello.length);
        assertThat(strict.read(Unpooled.wrappedBuffer(crumbs, 0, hello.length + 1)))
                .isEqualTo(HelloVerdict.TOO_LONG);
    }

    @Test
    void lengthsHaveToFit() throws Exception {
        byte[] hello = Hellos.of("a.test");
        int malformed = 0;
        for (int at = 5 + 4 + 34; at < hello.length; at++) {
            byte[] changed = hello.clone();
            changed[at] ^= 1;
            malformed += read(changed) == HelloVerdict.MALFORMED ? 1 : 0;
        }
        assertThat(malformed).isGreaterThan(20);
    }

    @Test
    void anEmptyRecordIsMalformed() throws Exception {
        byte[] hello = Hellos.of("a.test");
        byte[] all = new byte[hello.length * 2];
        System.arraycopy(Hellos.fragmented(hello, 10), 0, all, 0, 15);
        all[15] = 22;
        all[16] = 3;
        assertThat(read(Arrays.copyOf(all, 20))).isEqualTo(HelloVerdict.MALFORMED);
    }

    /** Seeded: whatever comes, the answer is a verdict, and a name is one of a host. */
    @Test
    void noBytesDoHarm() throws Exception {
        SplittableRandom random = new SplittableRandom(11);
        byte[] seed = Hellos.of("a.test");
        int named = 0;
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = seed.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            ClientHello hello = new ClientHello(16 * 1024);
            if (hello.read(Unpooled.wrappedBuffer(bytes)) == HelloVerdict.NAMED) {
                named++;
                assertThat(String.valueOf(hello.server())).matches("[-a-z0-9._]{1,253}");
            }
        }
        assertThat(named).isBetween(1_000, 199_000);
    }
}
