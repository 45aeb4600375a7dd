package io.evenkeel.lab.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SnapshotTest {

    private static final Set<String> VVM = Set.of("vvm");

    @Test
    void twoOnEachNodeAreEven() {
        assertThat(Scenes.snapshot(0, 2, 2, 2).even(VVM)).isTrue();
        assertThat(Scenes.snapshot(0, 3, 3, 0).even(VVM)).isFalse();
    }

    @Test
    void aNodeThatIsDownNeedNotHaveTasks() {
        assertThat(Scenes.without(Scenes.snapshot(0, 3, 3, 0), "n3").even(VVM)).isTrue();
    }

    @Test
    void aReplicaThatDoesNotRunYetIsNotEven() {
        assertThat(Scenes.versioned(0, 7, 1, 2, 2, 2).even(VVM)).isFalse();
    }

    @Test
    void aMoveThatIsUnderWayIsNotEven() {
        Snapshot even = Scenes.snapshot(0, 2, 2, 2);
        Snapshot moving =
                new Snapshot(0, even.tasks(), even.nodes(), Map.of("vvm", new Snapshot.Service(1, 6, true, List.of())));
        assertThat(moving.even(VVM)).isFalse();
    }

    @Test
    void everyNodeIsInTheShape() {
        assertThat(Scenes.snapshot(0, 3, 3, 0).shape(VVM)).isEqualTo("3-3-0");
    }
}
