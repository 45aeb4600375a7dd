package io.evenkeel.discovery.register;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import io.evenkeel.config.ServiceLabels;
import io.evenkeel.discovery.swarm.Emptiness;
import io.evenkeel.discovery.swarm.SwarmNode;
import io.evenkeel.discovery.swarm.SwarmPicture;
import io.evenkeel.discovery.swarm.SwarmService;
import io.evenkeel.discovery.swarm.SwarmTask;
import io.evenkeel.discovery.testing.VirtualScheduler;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DesiredTasksTest {

    private final VirtualScheduler scheduler = new VirtualScheduler();
    private int changes;
    private final DesiredTasks tasks = new DesiredTasks("", scheduler, () -> changes++);

    @Test
    void beforeSwarmWasHeardNothingIsCertain() {
        assertThat(tasks.now()).isEqualTo(Desired.UNKNOWN);
        tasks.onFailure("no leader");
        assertThat(tasks.now().certain()).isFalse();
        assertThat(changes).isZero();
    }

    @Test
    void aTaskIsRegisteredByItsIdAtItsAddressWithWhatItsLabelsSay() {
        tasks.onPicture(picture(SwarmNode.State.READY, "t1"));

        Desired.Task task = Objects.requireNonNull(tasks.now().tasks().get("t1"));
        assertThat(task.healthy()).isTrue();
        assertThat(task.registration())
                .isEqualTo(new TaskRegistration(
                        "t1",
                        "vvm",
                        "10.0.1.1",
                        8822,
                        3,
                        List.of("zone=a", "primary"),
                        Map.of(
                                "registered-by", "evenkeel",
                                "node", "node-1",
                                "swarm_node_id", "n1",
                                "swarm_service", "vvm-1")));
        assertThat(tasks.now().certain()).isTrue();
        assertThat(changes).isEqualTo(1);
    }

    @Test
    void anUnchangedPictureIsNoChange() {
        tasks.onPicture(picture(SwarmNode.State.READY, "t1"));
        tasks.onPicture(picture(SwarmNode.State.READY, "t1"));
        assertThat(changes).isEqualTo(1);
    }

    @Test
    void aTaskOnANodeThatIsDownIsNotHealthy() {
        tasks.onPicture(picture(SwarmNode.State.DOWN, "t1"));
        assertThat(Objects.requireNonNull(tasks.now().tasks().get("t1")).healthy())
                .isFalse();
    }

    @Test
    void whileSwarmIsSilentWhatWasKnownStaysButIsNotCertain() {
        tasks.onPicture(picture(SwarmNode.State.READY, "t1", "t2"));
        tasks.onFailure("no leader");
        assertThat(tasks.now().tasks()).containsOnlyKeys("t1", "t2");
        assertThat(tasks.now().certain()).isFalse();

        tasks.onPicture(picture(SwarmNode.State.READY, "t1"));
        assertThat(tasks.now().tasks()).containsOnlyKeys("t1");
        assertThat(tasks.now().certain()).isTrue();
    }

    @Test
    void aClusterThatAllAtOnceHasNoTasksIsBelievedAfterAWhileOnly() {
        tasks.onPicture(picture(SwarmNode.State.READY, "t1"));
        tasks.onPicture(picture(SwarmNode.State.READY));
        scheduler.advance(Emptiness.HOLD.minusSeconds(1));
        tasks.onPicture(picture(SwarmNode.State.READY));
        assertThat(tasks.now().tasks()).containsOnlyKeys("t1");
        assertThat(tasks.now().certain()).isFalse();

        scheduler.advance(Emptiness.HOLD);
        tasks.onPicture(picture(SwarmNode.State.READY));
        assertThat(tasks.now()).isEqualTo(Desired.NOTHING);
    }

    @Test
    void aClusterThatIsEmptyAtTheStartIsDoubtedToo() {
        tasks.onPicture(picture(SwarmNode.State.READY));
        assertThat(tasks.now().certain()).isFalse();
        scheduler.advance(Emptiness.HOLD);
        tasks.onPicture(picture(SwarmNode.State.READY));
        assertThat(tasks.now()).isEqualTo(Desired.NOTHING);
    }

    private static SwarmPicture picture(SwarmNode.State state, String... ids) {
        SwarmNode node = new SwarmNode("n1", "node-1", state, SwarmNode.Availability.ACTIVE, "10.99.0.1", "", Map.of());
        ServiceLabels labels = ServiceLabels.read(
                "vvm-1",
                Map.of(
                        "evenkeel.enable", "true",
                        "evenkeel.upstream", "vvm",
                        "evenkeel.port", "8822",
                        "evenkeel.weight", "3",
                        "evenkeel.tags", "zone=a,primary,zone=a"));
        SwarmService service =
                new SwarmService("s1", "vvm-1", labels, OptionalInt.of(ids.length), false, NullNode.getInstance());
        List<SwarmTask> tasks =
                List.of(ids).stream().map(DesiredTasksTest::task).toList();
        return new SwarmPicture(Map.of("n1", node), List.of(service), Map.of("s1", tasks));
    }

    private static SwarmTask task(String id) {
        return new SwarmTask(
                id,
                "s1",
                "n1",
                1,
                "running",
                "running",
                List.of(new SwarmTask.Attachment("front", false, "10.0.1." + id.substring(1))),
                List.of());
    }
}
