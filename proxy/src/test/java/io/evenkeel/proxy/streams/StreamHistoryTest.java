package io.evenkeel.proxy.streams;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamHistoryTest {

    private final StreamHistory history = new StreamHistory();

    @Test
    void aStreamThatWasLeftOutIsSkipped() {
        history.opened(1);
        history.opened(5);
        assertThat(history.skipped(3)).isTrue();
        assertThat(history.skipped(1)).isFalse();
    }

    @Test
    void aStreamThatWasResetHasNotEnded() {
        history.opened(1);
        history.opened(3);
        history.reset(3);
        assertThat(history.ended(1)).isTrue();
        assertThat(history.ended(3)).isFalse();
        assertThat(history.skipped(3)).isFalse();
    }

    @Test
    void ofStreamsLongAgoNothingIsSaid() {
        for (int id = 101; id < 101 + 2 * 100; id += 2) {
            history.opened(id);
        }
        assertThat(history.skipped(99)).isFalse();
        assertThat(history.ended(101)).isFalse();
        assertThat(history.ended(299)).isTrue();
    }

    @Test
    void aRefusedStreamIsRemembered() {
        history.refused(7);
        assertThat(history.mayBeRefused(7)).isTrue();
        assertThat(history.mayBeRefused(9)).isFalse();
    }
}
