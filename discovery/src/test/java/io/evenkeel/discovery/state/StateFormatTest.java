package io.evenkeel.discovery.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.config.Secret;
import io.evenkeel.discovery.LastGoodStore.LastGood;
import io.evenkeel.discovery.SourceKey;
import io.evenkeel.discovery.testing.ScriptedSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFormatTest {

    @Test
    void whatIsWrittenIsRead() throws Exception {
        assertThat(StateFormat.decode(StateFormat.encode(States.varied()))).isEqualTo(States.varied());
        assertThat(StateFormat.decode(StateFormat.encode(Map.of()))).isEmpty();
    }

    @Test
    void tenThousandEndpointsFitManyTimesOver() throws Exception {
        Map<SourceKey, LastGood> sets = new HashMap<>();
        for (int upstream = 0; upstream < 500; upstream++) {
            int[] numbers = IntStream.rangeClosed(1, 20).toArray();
            sets.put(
                    SourceKey.of("upstream-" + upstream, "consul:service", "x"),
                    new LastGood(States.NOON, ScriptedSource.endpoints(numbers)));
        }
        byte[] file = StateFormat.encode(sets);
        assertThat(file.length).isLessThan(StateFormat.MAX_BYTES / 16);
        assertThat(StateFormat.decode(file)).isEqualTo(sets);
    }

    @Test
    void noFlippedBitIsEverTakenForEndpoints() throws IOException {
        byte[] file = StateFormat.encode(States.varied());
        for (int bit = 0; bit < file.length * 8; bit++) {
            byte[] flipped = file.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> StateFormat.decode(flipped)).isInstanceOf(UnusableState.class);
        }
    }

    @Test
    void noOtherByteIsEverTakenForEndpoints() throws IOException {
        byte[] file = StateFormat.encode(Map.of(States.DNS, new LastGood(States.NOON, ScriptedSource.endpoints(1))));
        for (int at = 0; at < file.length; at++) {
            for (int other = 1; other < 256; other++) {
                byte[] changed = file.clone();
                changed[at] ^= (byte) other;
                assertThatThrownBy(() -> StateFormat.decode(changed)).isInstanceOf(UnusableState.class);
            }
        }
    }

    @Test
    void aFileCutOffAnywhereIsUnusable() throws IOException {
        byte[] file = StateFormat.encode(States.varied());
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> StateFormat.decode(cut)).isInstanceOf(UnusableState.class);
        }
    }

    @Test
    void garbageIsUnusable() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1_000; i++) {
            byte[] garbage = new byte[random.nextInt(300)];
            random.nextBytes(garbage);
            assertThatThrownBy(() -> StateFormat.decode(garbage)).isInstanceOf(UnusableState.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"sources\":{}}",
                "{\"sources\":[1]}",
                "{\"sources\":[{\"upstream\":\"a\"}]}",
                "{\"sources\":[" + SET + "\"confirmed\":\"yesterday\",\"endpoints\":[]}]}",
                "{\"sources\":[" + SET + "\"confirmed\":\"2026-11-21T12:00:00Z\",\"endpoints\":[1]}]}",
                "{\"sources\":[" + SET + "\"confirmed\":\"2026-11-21T12:00:00Z\",\"endpoints\":["
                        + "{\"address\":\"a.name\",\"port\":1,\"weight\":1,\"node\":\"\",\"health\":\"passing\",\"tags\":{}}]}]}",
                "{\"sources\":[" + SET + "\"confirmed\":\"2026-11-21T12:00:00Z\",\"endpoints\":["
                        + "{\"address\":\"10.0.0.1\",\"port\":65536,\"weight\":1,\"node\":\"\",\"health\":\"passing\",\"tags\":{}}]}]}",
                "{\"sources\":[" + SET + "\"confirmed\":\"2026-11-21T12:00:00Z\",\"endpoints\":["
                        + "{\"address\":\"10.0.0.1\",\"port\":1,\"weight\":0,\"node\":\"\",\"health\":\"passing\",\"tags\":{}}]}]}",
                "{\"sources\":[" + SET + "\"confirmed\":\"2026-11-21T12:00:00Z\",\"endpoints\":["
                        + "{\"address\":\"10.0.0.1\",\"port\":1,\"weight\":1,\"node\":\"\",\"health\":\"good\",\"tags\":{}}]}]}",
                "{\"sources\":[" + SET + "\"confirmed\":\"2026-11-21T12:00:00Z\",\"endpoints\":["
                        + "{\"address\":\"10.0.0.1\",\"port\":1,\"weight\":1,\"node\":\"\",\"health\":\"passing\",\"tags\":{\"a\":1}}]}]}",
            })
    void aRightChecksumOverAWrongValueIsUnusable(String payload) {
        byte[] octets = payload.getBytes(StandardCharsets.UTF_8);
        byte[] file = (StateFormat.header(StateFormat.VERSION, octets) + payload).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> StateFormat.decode(file))
                .isInstanceOf(UnusableState.class)
                .hasMessageStartingWith("corrupt: ")
                .message()
                .hasLineCount(1);
    }

    private static final String SET = "{\"upstream\":\"a\",\"source\":\"b\",\"config\":\"c\",";

    @Test
    void aLaterVersionIsToldApartFromACorruptFile() {
        byte[] file = (StateFormat.header(7, new byte[0]) + "whatever it is").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> StateFormat.decode(file)).isInstanceOfSatisfying(UnusableState.class, unusable -> {
            assertThat(unusable.reason()).isEqualTo("version 7 (expected: 1)");
            assertThat(unusable.suffix()).isEqualTo(".v7");
        });
    }

    @Test
    void secretsInAConfigurationAreNeitherStoredNorMatter() {
        Object one = List.of(new Secret("hunter2"));
        Object other = List.of(new Secret("hunter3"));
        assertThat(SourceKey.of("a", "b", one)).isEqualTo(SourceKey.of("a", "b", other));
    }
}
