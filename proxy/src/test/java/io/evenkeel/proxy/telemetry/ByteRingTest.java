package io.evenkeel.proxy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ByteRingTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void bytesComeOutInOrderAcrossTheEndOfTheArray() {
        ByteRing ring = new ByteRing(10);
        for (String text : new String[] {"abcdefg", "hijk", "lmnopqrstu", "v"}) {
            assertThat(offer(ring, text)).isTrue();
            assertThat(ring.drainTo(out::write)).isEqualTo(text.length());
        }

        assertThat(out).hasToString("abcdefghijklmnopqrstuv");
    }

    @Test
    void whatDoesNotFitIsRefusedWhole() {
        ByteRing ring = new ByteRing(10);

        assertThat(offer(ring, "12345678")).isTrue();
        assertThat(offer(ring, "abc")).isFalse();
        assertThat(offer(ring, "ab")).isTrue();
        assertThat(offer(ring, "c")).isFalse();
        ring.drainTo(out::write);

        assertThat(out).hasToString("12345678ab");
        assertThat(offer(ring, "longer than ten")).isFalse();
    }

    @Test
    void aRetiredRingIsDoneOnlyWhenItIsEmpty() {
        ByteRing ring = new ByteRing(4);
        offer(ring, "12");
        ring.retire();

        assertThat(ring.isRetiredAndEmpty()).isFalse();
        ring.drainTo(out::write);
        assertThat(ring.isRetiredAndEmpty()).isTrue();
    }

    @Test
    @Timeout(60)
    void everyAcceptedLineArrivesOnceAndInOneWhenBothSidesRun() throws Exception {
        ByteRing ring = new ByteRing(101);
        int lines = 200_000;
        StringBuilder expected = new StringBuilder();
        Thread producer = new Thread(() -> {
            for (int i = 0; i < lines; i++) {
                String line = "line " + i + "\n";
                if (offer(ring, line)) {
                    expected.append(line);
                }
            }
            ring.retire();
        });
        producer.start();
        while (!ring.isRetiredAndEmpty()) {
            ring.drainTo(out::write);
            Thread.onSpinWait();
        }
        producer.join();

        assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo(expected.toString());
    }

    private static boolean offer(ByteRing ring, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return ring.offer(bytes, bytes.length);
    }
}
