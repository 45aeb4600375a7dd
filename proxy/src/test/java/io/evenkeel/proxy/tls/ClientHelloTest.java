package io.evenkeel.proxy.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.Hellos;
import io.evenkeel.proxy.tls.ClientHello.Verdict;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHelloTest {

    private static final int RECORD_HEADER = 5;
    private static final int SESSION_ID = RECORD_HEADER + 4 + 2 + 32;

    private final ClientHello hello = new ClientHello(16 * 1024, 17 * 1024);

    private Verdict read(byte[] octets) {
        return hello.read(Unpooled.wrappedBuffer(octets));
    }

    @Test
    void theServerIsNamedInLowerCaseAndProtocolsKeepTheirOrder() throws Exception {
        assertThat(read(Hellos.of("Shop.Example.ORG", "h2", "http/1.1"))).isEqualTo(Verdict.COMPLETE);
        assertThat(hello.serverName()).isEqualTo("shop.example.org");
        assertThat(hello.protocols()).containsExactly("h2", "http/1.1");
    }

    @Test
    void aHelloNeedNameNeitherAServerNorProtocols() throws Exception {
        assertThat(read(Hellos.of(null))).isEqualTo(Verdict.COMPLETE);
        assertThat(hello.serverName()).isEmpty();
        assertThat(hello.protocols()).isEmpty();
    }

    @Test
    void theBufferIsLeftAsItIs() throws Exception {
        byte[] octets = Hellos.of("a.test");
        ByteBuf in = Unpooled.buffer().writeZero(3).writeBytes(octets).skipBytes(3);

        assertThat(hello.read(in)).isEqualTo(Verdict.COMPLETE);
        assertThat(in).isEqualTo(Unpooled.wrappedBuffer(octets));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 50, 100, 1000})
    void aHelloMayBeSpreadOverRecords(int most) throws Exception {
        assertThat(read(Hellos.fragmented(Hellos.of("a.test", "h2"), most))).isEqualTo(Verdict.COMPLETE);
        assertThat(hello.serverName()).isEqualTo("a.test");
        assertThat(hello.protocols()).containsExactly("h2");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 70, 16_000})
    void everyBeginningIsIncomplete(int most) throws Exception {
        byte[] whole = Hellos.fragmented(Hellos.of("a.test", "h2"), most);
        for (int cut = 0; cut < whole.length; cut++) {
            assertThat(read(Arrays.copyOf(whole, cut))).as("cut at " + cut).isEqualTo(Verdict.INCOMPLETE);
        }
        assertThat(read(whole)).isEqualTo(Verdict.COMPLETE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 100})
    void whatComesBehindItsRecordDoesNotMatter(int more) throws Exception {
        byte[] octets = Hellos.of("a.test");
        assertThat(read(Arrays.copyOf(octets, octets.length + more))).isEqualTo(Verdict.COMPLETE);
        assertThat(hello.serverName()).isEqualTo("a.test");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "SSH-2.0-x",
                "G",
                "\026\002",
                "\026\002\001\0\005\001",
                "\200\056",
                "\0"
            })
    void whatBeginsNoRecordIsNotTls(String text) {
        assertThat(read(text.getBytes(StandardCharsets.ISO_8859_1))).isEqualTo(Verdict.NOT_TLS);
    }

    @ParameterizedTest
    @CsvSource({
        "1603010004 02000000, ANOTHER_MESSAGE",
        "1603010000,          MALFORMED", // an empty record
        "1603010001 01 17,    MALFORMED", // in the middle of it a record of another kind
        "1603010001 01 1602,  MALFORMED",
        "1603010004 01004001, TOO_LARGE",
        "1603014001,          TOO_LARGE"
    })
    void whatCannotBecomeAHelloIsToldAtOnce(String hex, Verdict verdict) {
        assertThat(read(HexFormat.of().parseHex(hex.replace(" ", "")))).isEqualTo(verdict);
    }

    @Test
    void aHelloLongerThanAllowedIsTooLarge() throws Exception {
        byte[] octets = Hellos.of("a.test");
        ClientHello strict = new ClientHello(100, 100);
        assertThat(strict.read(Unpooled.wrappedBuffer(octets))).isEqualTo(Verdict.TOO_LARGE);
        assertThat(strict.read(Unpooled.wrappedBuffer(octets, 0, 20))).isEqualTo(Verdict.TOO_LARGE);
    }

    @Test
    void manySmallRecordsDoNotGetAroundTheLimit() throws Exception {
        byte[] octets = Hellos.of("a.test");
        byte[] crumbs = Hellos.fragmented(octets, 1);
        ClientHello strict = new ClientHello(octets.length, octets.length);
        assertThat(strict.read(Unpooled.wrappedBuffer(crumbs, 0, octets.length + 1)))
                .isEqualTo(Verdict.TOO_LARGE);
    }

    @Test
    void lengthsHaveToFit() throws Exception {
        byte[] octets = Hellos.of("a.test", "h2");
        int malformed = 0;
        for (int at = SESSION_ID; at < octets.length; at++) {
            byte[] changed = octets.clone();
            changed[at] ^= 1;
            malformed += read(changed) == Verdict.MALFORMED ? 1 : 0;
        }
        assertThat(malformed).isGreaterThan(20);
    }

    @Test
    void aSessionIdIsNoLongerThanThereCanBe() throws Exception {
        byte[] octets = Hellos.of("a.test");
        octets[SESSION_ID] = 33;
        assertThat(read(octets)).isEqualTo(Verdict.MALFORMED);
    }

    @Test
    void octetsBehindTheMessageInItsRecordAreMalformed() throws Exception {
        byte[] octets = Hellos.of("a.test");
        byte[] longer = Arrays.copyOf(octets, octets.length + 1);
        assertThat(read(Hellos.fragmented(longer, 16_000))).isEqualTo(Verdict.MALFORMED);
        assertThat(read(Arrays.copyOf(Hellos.fragmented(longer, 16_000), 20))).isEqualTo(Verdict.MALFORMED);
    }

    @Test
    void anEmptyRecordInItsMiddleIsMalformed() throws Exception {
        byte[] octets = Arrays.copyOf(Hellos.fragmented(Hellos.of("a.test"), 10), 20);
        octets[15] = 22;
        octets[16] = 3;
        octets[18] = 0;
        octets[19] = 0;
        assertThat(read(octets)).isEqualTo(Verdict.MALFORMED);
    }

    /** RFC 6066 §3: a name of a host, which DNS writes with a dot at its end or without. */
    @ParameterizedTest
    @CsvSource({
        "0001610000,       MALFORMED, ''", // a name that ends before its list does
        "00046100,         MALFORMED, ''",
        "0004000001 61,    COMPLETE,  a",
        "0005000002 412e,  COMPLETE,  a",
        "0005000002 3a31,  MALFORMED, ''",
        "0005000002 6100,  MALFORMED, ''",
        "0004000001 2e,    MALFORMED, ''",
        "0003000000,       MALFORMED, ''",
        "0004010001 61,    MALFORMED, ''",
        "0008000001 6100000162, MALFORMED, ''", // two names
        "0004000001 6161,  MALFORMED, ''"
    })
    void aNameIsOneOfAHost(String hex, Verdict verdict, String name) {
        assertThat(read(with(0, hex))).isEqualTo(verdict);
        assertThat(hello.serverName()).isEqualTo(name);
    }

    /** RFC 7301 §3.1. */
    @ParameterizedTest
    @CsvSource({
        "0003 026832,      COMPLETE",
        "0003 026832 00,   MALFORMED",
        "0000,             MALFORMED",
        "0001 00,          MALFORMED",
        "0003 036832,      MALFORMED",
        "0004 02683200,    MALFORMED",
        "'',               MALFORMED"
    })
    void aListOfProtocolsIsFilledByNames(String hex, Verdict verdict) {
        assertThat(read(with(16, hex))).isEqualTo(verdict);
    }

    @Test
    void noExtensionComesTwice() {
        assertThat(read(message("0023 0000  0024 0000"))).isEqualTo(Verdict.COMPLETE);
        assertThat(read(message("0023 0000  0023 0000"))).isEqualTo(Verdict.MALFORMED);
    }

    /** A hello with one extension. */
    private static byte[] with(int type, String hex) {
        String octets = hex.replace(" ", "");
        return message("%04x%04x%s".formatted(type, octets.length() / 2, octets));
    }

    /** A hello with these extensions. */
    private static byte[] message(String extensions) {
        String all = extensions.replace(" ", "");
        String body = "0303" + "00".repeat(32) + "00" + "00021301" + "0100" + "%04x".formatted(all.length() / 2) + all;
        String message = "01%06x".formatted(body.length() / 2) + body;
        return HexFormat.of().parseHex("160301%04x".formatted(message.length() / 2) + message);
    }

    /** Seeded: whatever comes, the answer is a verdict, a name is one of a host, and protocols are some that were sent. */
    @Test
    void noOctetsDoHarm() throws Exception {
        SplittableRandom random = new SplittableRandom(11);
        byte[] seed = Hellos.of("a.test", "h2", "http/1.1");
        int named = 0;
        for (int round = 0; round < 200_000; round++) {
            byte[] octets = seed.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            ClientHello changed = new ClientHello(16 * 1024, 17 * 1024);
            if (changed.read(Unpooled.wrappedBuffer(octets)) == Verdict.COMPLETE) {
                named += changed.serverName().isEmpty() ? 0 : 1;
                assertThat(changed.serverName()).matches("[-a-z0-9._]{0,253}");
                assertThat(changed.protocols()).hasSizeLessThan(12).doesNotContain("");
            }
        }
        assertThat(named).isBetween(1_000, 199_000);
    }
}
