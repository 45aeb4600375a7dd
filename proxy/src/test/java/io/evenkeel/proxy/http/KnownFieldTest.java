package io.evenkeel.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownFieldTest {

    private static KnownField of(String name) {
        byte[] bytes = Heads.octets("<" + name + ">");
        return KnownField.of(bytes, 1, bytes.length - 1);
    }

    private static String name(KnownField field) {
        return field.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** RFC 9110 §5.1. */
    @ParameterizedTest
    @EnumSource(value = KnownField.class, mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
    void everyFieldIsFoundWhateverTheCase(KnownField field) {
        String name = name(field);
        Random random = new Random(1);

        assertThat(of(name)).isEqualTo(field);
        assertThat(of(name.toUpperCase(Locale.ROOT))).isEqualTo(field);
        for (int i = 0; i < 50; i++) {
            StringBuilder mixed = new StringBuilder();
            name.chars().forEach(c -> mixed.append((char) (random.nextBoolean() ? Character.toUpperCase(c) : c)));
            assertThat(of(mixed.toString())).isEqualTo(field);
        }
    }

    /** One octet more, less or other is another field; letters differ from other octets by more than their case. */
    @ParameterizedTest
    @EnumSource(value = KnownField.class, mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
    void noNeighbourIsTakenForAField(KnownField field) {
        String name = name(field);
        for (int i = 0; i < name.length(); i++) {
            assertThat(of(name.substring(0, i) + name.substring(i + 1))).isNotEqualTo(field);
            for (char c = 0; c < 256; c++) {
                if (Character.toLowerCase(c) != name.charAt(i)) {
                    assertThat(of(name.substring(0, i) + c + name.substring(i + 1)))
                            .as("%d for octet %d", (int) c, i)
                            .isNotEqualTo(field);
                    assertThat(of(name.substring(0, i) + c + name.substring(i))).isNotEqualTo(field);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "accept", "content_length", "content-length\u00ff", "\u00ffhost", "other"})
    void everythingElseIsOther(String name) {
        assertThat(of(name)).isEqualTo(KnownField.OTHER);
    }

    @Test
    void aHashThatCollidesDoesNotConfuse() {
        byte[] name = Heads.octets("x-nothing");
        for (int hash = 0; hash < 1024; hash++) {
            assertThat(KnownField.of(hash, name, 0, name.length)).isEqualTo(KnownField.OTHER);
        }
    }
}
