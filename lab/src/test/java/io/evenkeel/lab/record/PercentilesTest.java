package io.evenkeel.lab.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {

    @Test
    void theyAreValuesThatWereMeasured() {
        Percentiles hundred = new Percentiles(
                IntStream.rangeClosed(1, 100).mapToDouble(i -> 101 - i).toArray());
        assertThat(hundred.at(50)).isEqualTo(50);
        assertThat(hundred.at(99)).isEqualTo(99);
        assertThat(hundred.at(100)).isEqualTo(100);
        assertThat(hundred.at(0)).isEqualTo(1);
    }

    @Test
    void ofNothingTheyAreNothing() {
        assertThat(new Percentiles(new double[0]).at(99)).isZero();
    }

    @Test
    void requestsCountInTheSecondInWhichTheyWereDue() {
        List<Outcome> outcomes =
                List.of(Scenes.good(1000, 5), Scenes.good(1999, 900), Scenes.bad(2000, 1), Scenes.good(3500, 2));
        List<Seconds.Second> seconds =
                Seconds.of(outcomes, new Span(1000, 2999)).all();
        assertThat(seconds).containsExactly(new Seconds.Second(2, 0, 5, 900), new Seconds.Second(1, 1, 0, 0));
    }
}
