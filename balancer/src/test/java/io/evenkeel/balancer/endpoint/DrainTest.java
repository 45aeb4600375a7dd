package io.evenkeel.balancer.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DrainTest {

    @Test
    void itBeginsWithTheFirstReasonAndGoesOnWithTheSecond() {
        Drain both = Drain.NONE.byTag(true, 10).byOperator(true, 20);

        assertThat(both).isEqualTo(new Drain(true, true, false, 10));
        assertThat(both.byTag(false, 30)).isEqualTo(new Drain(true, false, false, 10));
    }

    @Test
    void itEndsWithTheLastReason() {
        assertThat(Drain.NONE.byOperator(true, 10).byOperator(false, 20)).isEqualTo(Drain.NONE);
        assertThat(Drain.NONE.on()).isFalse();
    }

    @Test
    void sayingTheSameAgainStartsNothingAnew() {
        assertThat(Drain.NONE.byOperator(true, 10).byOperator(true, 20).sinceNanos())
                .isEqualTo(10);
    }

    @Test
    void aDepartureEndsTheWishesAndNotTheTime() {
        Drain drain = Drain.NONE.byOperator(true, 10).departed(20);

        assertThat(drain).isEqualTo(new Drain(false, false, true, 10));
        assertThat(drain.on()).isTrue();
    }
}
