package io.evenkeel.lab.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class StoryTest {

    @Test
    void whatStaysAsItIsIsToldOnce() {
        Recording recording = new Recording();
        recording.add(Scenes.snapshot(1000, 2, 2, 2));
        recording.add(Scenes.snapshot(1500, 2, 2, 2));
        recording.add(new Mark(1600, "fail n3: cut"));
        recording.add(Scenes.without(Scenes.snapshot(2000, 3, 3, 0), "n3"));
        recording.add(Scenes.view(2100, "t", true, "node n3 has changed 1 s ago; it must stay as it is for 10 s", 0));
        recording.add(Scenes.view(2200, "t", true, "node n3 has changed 2 s ago; it must stay as it is for 10 s", 0));
        recording.add(Scenes.bad(2300, 1));
        assertThat(Story.of(recording, Set.of("vvm")).stream().map(Mark::what))
                .containsExactlyInAnyOrder(
                        "tasks 2-2-2",
                        "Swarm's leader is n1",
                        "n1 is ready, active",
                        "n2 is ready, active",
                        "n3 is ready, active",
                        "» fail n3: cut",
                        "tasks 3-3-0",
                        "n3 is down, active",
                        "rebalancer on n1: node n3 has changed 1 s ago; it must stay as it is for 10 s",
                        "1 × status 502 through n1");
    }
}
