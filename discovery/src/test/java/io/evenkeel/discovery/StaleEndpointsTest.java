package io.evenkeel.discovery;

import static io.evenkeel.discovery.MergedUpstream.DOUBTING;
import static io.evenkeel.discovery.MergedUpstream.HOLD;
import static io.evenkeel.discovery.testing.ScriptedSource.endpoints;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.MergeConfig;
import io.evenkeel.config.MergeConfig.Agreement;
import io.evenkeel.discovery.testing.CapturedLog;
import io.evenkeel.discovery.testing.ScriptedSources;
import io.evenkeel.discovery.testing.VirtualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an earlier run left, and what becomes of it. */
class StaleEndpointsTest {

    private static final Instant EARLIER = Instant.parse("1969-12-31T23:00:00Z");

    private final Memory memory = new Memory();
    private final VirtualScheduler scheduler = new VirtualScheduler();

    /** A store that lives as long as the test. */
    private static final class Memory implements LastGoodStore {
        private final Map<SourceKey, LastGood> sets = new HashMap<>();

        @Override
        public Optional<LastGood> recall(SourceKey key) {
            return Optional.ofNullable(sets.get(key));
        }

        @Override
        public void keep(SourceKey key, List<Endpoint> endpoints) {
            sets.put(key, new LastGood(Instant.EPOCH, endpoints));
        }

        @Override
        public Status status() {
            return new Status(0, 0, Optional.empty());
        }

        @Override
        public void close() {}

        void left(String source, int... numbers) {
            sets.put(
                    SourceKey.of("vvm", source, ScriptedSources.entry(source)),
                    new LastGood(EARLIER, endpoints(numbers)));
        }

        List<Endpoint> of(String source) {
            return recall(SourceKey.of("vvm", source, ScriptedSources.entry(source)))
                    .orElseThrow()
                    .endpoints();
        }
    }

    @Test
    void theyCountAsSoonAsTheSourceFails() {
        memory.left("a", 1, 2, 3);
        MergedUpstream upstream = start(DOUBTING, "a");
        assertThat(upstream.told).isEmpty();
        upstream.source("a").fails("connection refused");
        assertThat(upstream.numbers()).containsExactly(1, 2, 3);
        assertThat(upstream.status("a").stale()).isTrue();
        assertThat(upstream.status("a").endpoints()).isEqualTo(3);
        assertThat(upstream.latest()).allMatch(MergedEndpoint::stale);
        assertThat(upstream.latest().get(0).vouchers().get(0).since()).isEqualTo(EARLIER);
    }

    @Test
    void theyCountWhenTheSourceDoesNotAnswerForTwoSeconds() {
        memory.left("a", 1, 2, 3);
        MergedUpstream upstream = start(DOUBTING, "a");
        scheduler.jumpWallClock(Duration.ofDays(400));
        scheduler.advance(Duration.ofMillis(1_999));
        assertThat(upstream.told).isEmpty();
        scheduler.advance(Duration.ofMillis(1));
        assertThat(upstream.numbers()).containsExactly(1, 2, 3);
        assertThat(upstream.status("a").stale()).isTrue();
    }

    @Test
    void theyNeverCountWhenTheSourceAnswersWell() {
        memory.left("a", 1, 2, 3);
        MergedUpstream upstream = start(DOUBTING, "a");
        upstream.source("a").answers(4, 5);
        scheduler.advance(Duration.ofHours(1));
        assertThat(upstream.told).hasSize(1);
        assertThat(upstream.numbers()).containsExactly(4, 5);
        assertThat(upstream.status("a").stale()).isFalse();
    }

    @Test
    void theFirstAnswerIsDoubtedAgainstThem() {
        memory.left("a", 1, 2, 3);
        MergedUpstream upstream = start(DOUBTING, "a");
        upstream.source("a").answers(1);
        assertThat(upstream.numbers()).containsExactly(1, 2, 3);
        assertThat(upstream.latest()).extracting(MergedEndpoint::stale).containsExactly(false, true, true);
        assertThat(upstream.status("a").stale()).isFalse();
        assertThat(upstream.status("a").held()).contains("1 endpoint after 3, not believed until 00:00:30Z");
        scheduler.advance(HOLD);
        assertThat(upstream.numbers()).containsExactly(1);
    }

    @Test
    void anAnswerAfterThemReplacesThem() {
        memory.left("a", 1, 2, 3);
        MergedUpstream upstream = start(DOUBTING, "a");
        upstream.source("a").fails("connection refused");
        scheduler.advance(Duration.ofMinutes(5));
        upstream.source("a").answers(1, 2, 4);
        assertThat(upstream.settled()).containsExactly(1, 2, 4);
        assertThat(upstream.latest()).noneMatch(MergedEndpoint::stale);
        assertThat(upstream.latest().get(0).vouchers().get(0).since()).isEqualTo(Instant.ofEpochSecond(300));
        assertThat(upstream.status("a").stale()).isFalse();
    }

    @Test
    void aSourceWithoutThemWaitsForNothing() {
        MergedUpstream upstream = start(DOUBTING, "a");
        scheduler.advance(Duration.ofHours(1));
        assertThat(upstream.told).isEmpty();
        assertThat(upstream.status("a").stale()).isFalse();
    }

    @Test
    void theirUseIsLoggedOnce() {
        memory.left("a", 1, 2, 3);
        try (CapturedLog log = new CapturedLog("io.evenkeel.discovery")) {
            MergedUpstream upstream = start(DOUBTING, "a");
            for (int poll = 0; poll < 20; poll++) {
                upstream.source("a").fails("connection refused");
            }
            assertThat(log.warnings()).containsExactly("upstream vvm: a has not answered, stale endpoints: 3");
        }
    }

    @Test
    void theyVoteForButNeverAgainst() {
        memory.left("a", 1, 2);
        MergedUpstream upstream = start(new MergeConfig(Agreement.ALL, 50, HOLD, Duration.ZERO), "a", "b");
        upstream.source("a").fails("connection refused");
        assertThat(upstream.settled()).containsExactly(1, 2);
        upstream.source("b").answers(2, 3);
        assertThat(upstream.settled()).containsExactly(2, 3);
        assertThat(upstream.latest()).extracting(MergedEndpoint::stale).containsExactly(false, false);
    }

    @Test
    void anotherConfigurationRevivesNothing() {
        memory.left("a", 1, 2, 3);
        MergedUpstream upstream =
                new MergedUpstream(scheduler, memory).withEntries(DOUBTING, ScriptedSources.entry("a", "other"));
        upstream.source("a").fails("connection refused");
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(upstream.told).isEmpty();
    }

    @Test
    void onlyWhatIsBelievedIsKept() {
        MergedUpstream upstream = start(DOUBTING, "a");
        upstream.source("a").answers(1, 2, 3);
        upstream.source("a").fails("leader lost");
        upstream.source("a").answers(9);
        assertThat(memory.of("a")).isEqualTo(endpoints(1, 2, 3));
        scheduler.advance(HOLD);
        assertThat(memory.of("a")).isEqualTo(endpoints(9));
    }

    @Test
    void nothingWaitsAfterClose() {
        memory.left("a", 1);
        MergedUpstream upstream = start(DOUBTING, "a");
        upstream.merger.close();
        assertThat(scheduler.waitingTasks()).isZero();
    }

    private MergedUpstream start(MergeConfig rules, String... names) {
        return new MergedUpstream(scheduler, memory).with(rules, names);
    }
}
