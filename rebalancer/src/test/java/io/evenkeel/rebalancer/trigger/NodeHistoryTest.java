package io.evenkeel.rebalancer.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.RebalanceConfig;
import io.evenkeel.rebalancer.trigger.Sighting.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With what a file that says nothing gets: 45 s of stability, failures held against a node for 30 min. */
class NodeHistoryTest {

    private static final Duration STABLE = RebalanceConfig.defaults().stableFor();

    private final NodeHistory history = new NodeHistory(RebalanceConfig.defaults());
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void theFirstSightIsNoRecovery() {
        assertThat(history.see(nodes(Condition.WELL), now)).isEmpty();
    }

    @Test
    void aNodeThatIsWellAgainIsACauseOnceAndMustStaySo() {
        see(Condition.WELL);
        see(Condition.LOST);
        assertThat(history.objection(nodes(Condition.LOST), now))
                .hasValueSatisfying(why -> assertThat(why).contains("n1 is not well"));

        assertThat(history.see(nodes(Condition.WELL), now)).contains("node n1 has recovered");
        assertThat(history.see(nodes(Condition.WELL), now)).isEmpty();
        assertThat(history.objection(nodes(Condition.WELL), now)).isPresent();
        assertThat(history.objection(nodes(Condition.WELL), now.plus(STABLE))).isEmpty();
    }

    @Test
    void aNodeThatComesAndGoesMustStayLongerEachTime() {
        see(Condition.WELL);
        for (int failures = 1; failures <= 4; failures++) {
            see(Condition.LOST);
            see(Condition.WELL);
            Duration needed = STABLE.multipliedBy(1L << (failures - 1));
            assertThat(history.objection(nodes(Condition.WELL), now.plus(needed).minusSeconds(1)))
                    .isPresent();
            assertThat(history.objection(nodes(Condition.WELL), now.plus(needed)))
                    .isEmpty();
        }
    }

    @Test
    void failuresAreForgottenAfterAWhile() {
        see(Condition.WELL);
        see(Condition.LOST);
        see(Condition.WELL);
        now = now.plus(Duration.ofMinutes(31));
        see(Condition.LOST);
        see(Condition.WELL);
        assertThat(history.objection(nodes(Condition.WELL), now.plus(STABLE))).isEmpty();
    }

    @Test
    void aNodeOfWhichNobodyKnowsIsNeitherLostNorRecoveredButMustBeStableAnew() {
        stable();
        assertThat(history.see(nodes(Condition.UNKNOWN), now)).isEmpty();
        assertThat(history.objection(nodes(Condition.UNKNOWN), now)).isPresent();
        assertThat(history.see(nodes(Condition.WELL), now)).isEmpty();
        assertThat(history.objection(nodes(Condition.WELL), now.plus(STABLE).minusSeconds(1)))
                .isPresent();
        assertThat(history.objection(nodes(Condition.WELL), now.plus(STABLE))).isEmpty();
    }

    @Test
    void whatHappenedWhileNobodyCouldBeAskedIsNotKnownSoAllMustBeStableAnew() {
        stable();
        now = now.plusSeconds(9);
        see(Condition.WELL);
        assertThat(history.objection(nodes(Condition.WELL), now)).isEmpty();
        now = now.plusSeconds(11);
        assertThat(history.see(nodes(Condition.WELL), now)).isEmpty();
        assertThat(history.objection(nodes(Condition.WELL), now.plus(STABLE).minusSeconds(1)))
                .isPresent();
        assertThat(history.objection(nodes(Condition.WELL), now.plus(STABLE))).isEmpty();
    }

    @Test
    void aRunKeepsAnEyeOnTheNodesItself() {
        stable();
        now = now.plusSeconds(60);
        history.watchedUntil(now);
        see(Condition.WELL);
        assertThat(history.objection(nodes(Condition.WELL), now)).isEmpty();
    }

    /** Seen well, every second, until nothing is to be said against it. */
    private void stable() {
        for (Instant until = now.plus(STABLE); now.isBefore(until); now = now.plusSeconds(1)) {
            see(Condition.WELL);
        }
        see(Condition.WELL);
        assertThat(history.objection(nodes(Condition.WELL), now)).isEmpty();
    }

    @Test
    void aNodeThatWasNotThereIsACause() {
        see(Condition.WELL);
        List<Sighting> two = List.of(sighting("n1", Condition.WELL, true), sighting("n2", Condition.WELL, true));
        assertThat(history.see(two, now)).contains("node n2 is new");
    }

    @Test
    void aNodeThatAnOperatorEmptiesIsNoObjectionButItsReturnIsACause() {
        see(Condition.WELL);
        now = now.plus(STABLE);
        List<Sighting> emptied = List.of(sighting("n1", Condition.WELL, false));
        assertThat(history.see(emptied, now)).isEmpty();
        assertThat(history.objection(emptied, now.plus(STABLE))).isEmpty();
        assertThat(history.see(nodes(Condition.WELL), now)).contains("node n1 has recovered");
    }

    @Test
    void aRestartNeitherLosesAnEdgeNorInventsOne() {
        see(Condition.WELL);
        see(Condition.LOST);
        NodeHistory next = new NodeHistory(RebalanceConfig.defaults());
        next.restore(history.text());
        assertThat(next.see(nodes(Condition.WELL), now)).contains("node n1 has recovered");

        NodeHistory after = new NodeHistory(RebalanceConfig.defaults());
        after.restore(next.text());
        assertThat(after.text()).isEqualTo(next.text());
        assertThat(after.see(nodes(Condition.WELL), now)).isEmpty();
        assertThat(after.objection(nodes(Condition.WELL), now.plus(STABLE))).isEmpty();
    }

    @Test
    void aMemoryThatCannotBeReadIsNone() {
        history.restore("{\"n1\":{\"since\":\"yesterday\"}}");
        assertThat(history.see(nodes(Condition.WELL), now)).isEmpty();
        history.restore("not JSON");
        assertThat(history.see(nodes(Condition.WELL), now)).isEmpty();
    }

    private void see(Condition condition) {
        var unused = history.see(nodes(condition), now);
    }

    private static List<Sighting> nodes(Condition condition) {
        return List.of(sighting("n1", condition, true));
    }

    private static Sighting sighting(String id, Condition condition, boolean active) {
        return new Sighting(id, id, condition, active, "said so");
    }
}
