package io.evenkeel.proxy.multiplex;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventRateTest {

    private final EventRate rate = new EventRate(2, 100);

    @Test
    void moreThanIsBorneWithinAWindowIsTooMuch() {
        assertThat(rate.bears(0)).isTrue();
        assertThat(rate.bears(50)).isTrue();
        assertThat(rate.bears(99)).isFalse();
    }

    @Test
    void anotherWindowBeginsAfterTheLast() {
        rate.bears(0);
        rate.bears(0);
        assertThat(rate.bears(100)).isTrue();
        assertThat(rate.bears(199)).isTrue();
        assertThat(rate.bears(199)).isFalse();
    }
}
