package io.evenkeel.discovery;

import static io.evenkeel.discovery.MergedUpstream.DOUBTING;
import static io.evenkeel.discovery.MergedUpstream.HOLD;
import static io.evenkeel.discovery.testing.ScriptedSource.address;
import static io.evenkeel.discovery.testing.ScriptedSource.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.evenkeel.config.MergeConfig;
import io.evenkeel.config.MergeConfig.Agreement;
import io.evenkeel.discovery.testing.CapturedLog;
import io.evenkeel.discovery.testing.ScriptedSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What counts of a source that suddenly says much less. */
class DoubtTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final MergedUpstream upstream = new MergedUpstream().with(DOUBTING, "a");
    private final ScriptedSource source = upstream.source("a");

    @Test
    void aMuchSmallerSetAfterAFailureCountsOnlyAfterTheHold() {
        source.answers(1, 2, 3, 4, 5, 6);
        source.fails("leader lost");
        source.answers(1);
        upstream.scheduler.advance(HOLD.minusMillis(1));
        assertThat(upstream.numbers()).containsExactly(1, 2, 3, 4, 5, 6);
        upstream.scheduler.advance(SECOND);
        assertThat(upstream.numbers()).containsExactly(1);
    }

    @Test
    void aSourceThatRepeatsItselfIsBelievedNoLater() {
        source.answers(1, 2, 3, 4, 5, 6);
        source.fails("leader lost");
        for (int poll = 0; poll < 30; poll++) {
            source.answers(1);
            assertThat(upstream.numbers()).hasSize(6);
            upstream.scheduler.advance(SECOND);
        }
        assertThat(upstream.settled()).containsExactly(1);
    }

    @Test
    void whatADoubtedAnswerAddsCountsAtOnce() {
        source.answers(1, 2, 3, 4, 5, 6);
        source.fails("leader lost");
        source.answers(1, 9);
        assertThat(upstream.settled()).containsExactly(1, 2, 3, 4, 5, 6, 9);
        upstream.scheduler.advance(HOLD);
        assertThat(upstream.numbers()).containsExactly(1, 9);
    }

    @Test
    void whatADoubtedAnswerSaysOfAnEndpointItStillNamesCounts() {
        source.answers(1, 2, 3, 4, 5, 6);
        source.fails("leader lost");
        source.says(Endpoint.at(address(1)).withWeight(7));
        upstream.settled();
        assertThat(upstream.latest().get(0).weight()).isEqualTo(7);
        assertThat(upstream.latest()).hasSize(6);
    }

    @Test
    void everythingCriticalIsDoubtedLikeNothing() {
        source.answers(1, 2);
        source.says(critical(1), critical(2));
        assertThat(upstream.settled()).containsExactly(1, 2);
        upstream.scheduler.advance(HOLD);
        assertThat(upstream.numbers()).isEmpty();
        assertThat(upstream.merger.rejected()).hasSize(2);
    }

    @Test
    void withoutAFailureASmallerSetIsBelievedAtOnceButNotAnEmptyOne() {
        source.answers(1, 2, 3, 4, 5, 6);
        source.answers(1);
        assertThat(upstream.settled()).containsExactly(1);
        source.answers();
        assertThat(upstream.settled()).containsExactly(1);
        upstream.scheduler.advance(HOLD);
        assertThat(upstream.numbers()).isEmpty();
    }

    @Test
    void growthEndsTheDoubt() {
        source.answers(1, 2, 3, 4, 5, 6);
        source.fails("leader lost");
        source.answers(1);
        source.answers(1, 2, 7);
        assertThat(upstream.settled()).containsExactly(1, 2, 7);
        assertThat(upstream.status("a").held()).isEmpty();
        upstream.scheduler.advance(HOLD);
        assertThat(upstream.numbers()).containsExactly(1, 2, 7);
        assertThat(upstream.scheduler.waitingTasks()).isZero();
    }

    @Test
    void aFailureDuringTheHoldStartsItAnew() {
        source.answers(1, 2, 3, 4, 5, 6);
        source.answers();
        upstream.scheduler.advance(HOLD.minus(SECOND));
        source.fails("leader lost");
        upstream.scheduler.advance(Duration.ofHours(1));
        source.answers();
        upstream.scheduler.advance(HOLD.minus(SECOND));
        assertThat(upstream.numbers()).hasSize(6);
        upstream.scheduler.advance(SECOND.multipliedBy(2));
        assertThat(upstream.numbers()).isEmpty();
    }

    @Test
    void theStatusSaysWhatIsNotBelievedAndUntilWhen() {
        source.answers(1, 2, 3, 4, 5, 6);
        source.fails("leader lost");
        upstream.scheduler.jumpWallClock(Duration.ofHours(12));
        source.answers(1);
        assertThat(upstream.status("a").held()).contains("1 endpoint after 6, not believed until 12:00:30Z");
        assertThat(upstream.status("a").endpoints()).isEqualTo(6);
        upstream.scheduler.advance(HOLD);
        assertThat(upstream.status("a").held()).isEmpty();
    }

    @Test
    void jumpsOfTheWallClockNeitherShortenNorProlongTheHold() {
        source.answers(1, 2, 3, 4, 5, 6);
        source.answers();
        upstream.scheduler.jumpWallClock(Duration.ofDays(400));
        upstream.scheduler.advance(HOLD.minus(SECOND));
        assertThat(upstream.numbers()).hasSize(6);
        upstream.scheduler.jumpWallClock(Duration.ofDays(-800));
        upstream.scheduler.advance(SECOND.multipliedBy(2));
        assertThat(upstream.numbers()).isEmpty();
    }

    @Test
    void aServiceWithoutInstancesAtTheStartIsBelieved() {
        source.answers();
        assertThat(upstream.told).containsExactly(List.of());
        assertThat(upstream.status("a").held()).isEmpty();
    }

    @Test
    void aDoubtIsLoggedWhenItBeginsAndNotAtEachPoll() {
        try (CapturedLog log = new CapturedLog("io.evenkeel.discovery")) {
            source.answers(1, 2, 3, 4, 5, 6);
            for (int poll = 0; poll < 20; poll++) {
                source.answers();
            }
            assertThat(log.warnings())
                    .containsExactly("upstream vvm: a says 0 endpoints after 6, not believed until 00:00:30Z");
        }
    }

    @Test
    void theEventsTellWhenASourceFailedAndRecovered() {
        source.answers(1);
        source.fails("SERVFAIL");
        source.fails("SERVFAIL");
        source.answers(1);
        assertThat(upstream.events)
                .extracting(
                        DiscoveryEvent::kind, DiscoveryEvent::upstream, DiscoveryEvent::source, DiscoveryEvent::reason)
                .containsExactly(
                        tuple(DiscoveryEvent.Kind.SOURCE_FAILED, "vvm", "a", "SERVFAIL"),
                        tuple(DiscoveryEvent.Kind.SOURCE_RECOVERED, "vvm", "a", "answers again, endpoints: 1"));
    }

    /** Failures, empty answers, and small answers right after a failure are faults; what was good before counts until they have lasted. */
    @ParameterizedTest
    @MethodSource("seeds")
    void noSequenceOfFaultsTakesAnythingAwayWithinTheHold(Agreement agree, long seed) {
        MergedUpstream faulty =
                new MergedUpstream().with(new MergeConfig(agree, 50, HOLD, Duration.ZERO), "a", "b", "c");
        SplittableRandom random = new SplittableRandom(seed);
        List.of("a", "b", "c").forEach(name -> faulty.source(name).answers(1, 2, 3, 4, 5, 6));
        Map<String, Boolean> afterFault = new HashMap<>();
        long spentMillis = 0;
        while (spentMillis < HOLD.toMillis() - 100) {
            String name = List.of("a", "b", "c").get(random.nextInt(3));
            fault(faulty.source(name), random, afterFault.put(name, true) != null);
            int millis = random.nextInt(100);
            spentMillis += millis;
            faulty.scheduler.advance(Duration.ofMillis(millis));
            assertThat(faulty.numbers()).contains(1, 2, 3, 4, 5, 6);
        }
    }

    private static void fault(ScriptedSource source, SplittableRandom random, boolean doubted) {
        switch (random.nextInt(doubted ? 4 : 2)) {
            case 0 -> source.fails("time-out");
            case 1 -> source.answers();
            case 2 -> source.answers(1 + random.nextInt(6));
            default -> source.says(critical(1), critical(2), critical(3), critical(4), Endpoint.at(address(9)));
        }
    }

    static Stream<Arguments> seeds() {
        return Stream.of(Agreement.values())
                .flatMap(agree -> LongStream.rangeClosed(1, 10).mapToObj(seed -> Arguments.of(agree, seed)));
    }
}
