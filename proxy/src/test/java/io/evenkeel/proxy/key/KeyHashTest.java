package io.evenkeel.proxy.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyHashTest {

    /** The key of the paper's test vectors, octets 00 to 0f. */
    private static final HashSeed PAPER = new HashSeed(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

    /** From the table of the reference implementation: messages 00, 00 01, 00 01 02 and so on. */
    @ParameterizedTest
    @CsvSource({
        "0, 726fdb47dd0e0e31",
        "1, 74f839c593dc67fd",
        "7, ab0200f58b01d137",
        "8, 93f5f5799a932462",
        "15, a129ca6149be45e5",
        "63, 958a324ceb064572"
    })
    void itIsSipHash(int length, String expected) {
        byte[] message = new byte[length + 2];
        for (int i = 0; i < length; i++) {
            message[i + 1] = (byte) i;
        }
        assertThat(Long.toHexString(new KeyHash(PAPER).sip(message, 1, 1 + length)))
                .isEqualTo(expected);
    }

    /** A policy takes a key modulo something, or its high bits: all of them must be spread. */
    @Test
    void everyByteOfTheKeysOfNeighbouringNumbersTakesManyValues() {
        KeyHash hash = new KeyHash(HashSeed.SHARED);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            Set<Integer> values = new HashSet<>();
            for (int i = 0; i < 4096; i++) {
                byte[] text = Integer.toString(i).getBytes(StandardCharsets.US_ASCII);
                values.add((int) (hash.of(text, 0, text.length) >>> shift) & 0xff);
            }
            assertThat(values).as("bits from " + shift).hasSize(256);
        }
    }

    @Test
    void anotherSeedMakesAnotherKey() {
        byte[] text = {'a'};
        assertThat(new KeyHash(HashSeed.secret()).of(text, 0, 1))
                .isNotEqualTo(new KeyHash(HashSeed.secret()).of(text, 0, 1));
    }
}
