package io.evenkeel.balancer.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckPlacesTest {

    private final List<Integer> ran = new ArrayList<>();

    @Test
    void noMoreRunThanThereArePlacesAndTheOthersFollowInOrder() {
        CheckPlaces places = new CheckPlaces(2);
        for (int i = 0; i < 5; i++) {
            int number = i;
            places.enter(() -> ran.add(number));
        }
        assertThat(ran).containsExactly(0, 1);

        places.leave();
        assertThat(ran).containsExactly(0, 1, 2);
        places.leave();
        places.leave();
        assertThat(ran).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void aHundredThousandThatLeaveAtOnceDoNotPileUp() {
        CheckPlaces places = new CheckPlaces(1);
        places.enter(() -> {});
        for (int i = 0; i < 100_000; i++) {
            int number = i;
            places.enter(() -> {
                ran.add(number);
                places.leave();
            });
        }
        places.leave();

        assertThat(ran).hasSize(100_000);
        places.enter(() -> ran.add(-1));
        assertThat(ran).endsWith(-1);
    }
}
