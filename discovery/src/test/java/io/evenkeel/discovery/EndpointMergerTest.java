package io.evenkeel.discovery;

import static io.evenkeel.discovery.MergedUpstream.CREDULOUS;
import static io.evenkeel.discovery.MergedUpstream.SETTLE;
import static io.evenkeel.discovery.testing.ScriptedSource.address;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.discovery.testing.ScriptedSource;
import io.evenkeel.discovery.testing.ScriptedSources;
import io.evenkeel.discovery.testing.VirtualScheduler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointMergerTest {

    private final MergedUpstream upstream = new MergedUpstream();
    private final VirtualScheduler scheduler = upstream.scheduler;
    private final EndpointMerger merger = upstream.merger;
    private final List<List<MergedEndpoint>> told = upstream.told;

    @Test
    void nothingIsToldBeforeTheFirstAnswer() {
        apply("a");
        source("a").fails("NXDOMAIN");
        scheduler.advance(SETTLE);
        assertThat(told).isEmpty();
    }

    @Test
    void anEmptyFirstAnswerIsAnAnswer() {
        apply("a");
        source("a").answers();
        assertThat(told).containsExactly(List.of());
    }

    @Test
    void anAddressIsOneEntryVouchedForByEverySourceThatKnowsIt() {
        apply("a", "b");
        source("a").answers(1, 2);
        source("b").answers(2, 3);
        scheduler.advance(SETTLE);
        assertThat(latest()).extracting(MergedEndpoint::address).containsExactly(address(1), address(2), address(3));
        assertThat(latest())
                .extracting(MergedEndpoint::sources)
                .containsExactly(List.of("a"), List.of("a", "b"), List.of("b"));
    }

    @Test
    void anEndpointStaysUntilTheLastSourceThatVouchesForItSaysItIsGone() {
        apply("a", "b");
        source("a").answers(1, 2);
        source("b").answers(2);
        source("a").answers(1);
        scheduler.advance(SETTLE);
        assertThat(addresses()).contains(address(2));
        source("b").answers();
        scheduler.advance(SETTLE);
        assertThat(addresses()).containsExactly(address(1));
    }

    @Test
    void aSourceThatFailsKeepsItsLastGoodSet() {
        apply("a", "b");
        source("a").answers(1);
        source("b").answers(2);
        source("b").fails("time-out");
        scheduler.advance(Duration.ofHours(24));
        assertThat(addresses()).containsExactly(address(1), address(2));
        assertThat(merger.statuses().get(1).failure()).contains("time-out");
        assertThat(merger.statuses().get(1).endpoints()).isEqualTo(1);
    }

    @Test
    void whatIsTheSameAsBeforeIsNotToldAgain() {
        apply("a");
        for (int poll = 0; poll < 10; poll++) {
            source("a").answers(1, 2);
            scheduler.advance(SETTLE);
        }
        assertThat(told).hasSize(1);
        assertThat(merger.statuses().get(0).successes()).isEqualTo(10);
    }

    @Test
    void theFirstChangeIsToldAtOnceAndAFlutterAtMostTwentyTimesASecond() {
        apply("a");
        source("a").answers(1);
        assertThat(told).hasSize(1);
        for (int millis = 0; millis < 1_000; millis++) {
            source("a").answers(1 + millis % 200);
            scheduler.advance(Duration.ofMillis(1));
        }
        scheduler.advance(SETTLE);
        assertThat(told).hasSizeBetween(15, 1 + EndpointMerger.UPDATES_PER_SECOND);
        assertThat(addresses()).containsExactly(address(1 + 999 % 200));
    }

    @Test
    void aReloadRestartsOnlyTheSourcesThatChanged() {
        apply("a", "b");
        ScriptedSource kept = source("a");
        ScriptedSource replaced = source("b");
        apply("a", "c");
        assertThat(source("a")).isSameAs(kept);
        assertThat(kept.starts).isEqualTo(1);
        assertThat(kept.closes).isZero();
        assertThat(replaced.closes).isEqualTo(1);
        assertThat(source("c").starts).isEqualTo(1);
    }

    @Test
    void aReloadEmptiesNothingWhileTheNewSourceHasNotAnswered() {
        apply("a");
        source("a").answers(1, 2);
        apply("b");
        source("b").fails("NXDOMAIN");
        scheduler.advance(Duration.ofHours(1));
        assertThat(addresses()).containsExactly(address(1), address(2));
        source("b").answers(3);
        assertThat(addresses()).containsExactly(address(3));
    }

    @Test
    void whatARemovedSourceSaidCountsUntilEachNewOneWasHeardOf() {
        apply("a");
        source("a").answers(1);
        apply("b", "c");
        source("b").answers(2);
        scheduler.advance(SETTLE);
        assertThat(addresses()).containsExactly(address(2), address(1));
        source("c").fails("NXDOMAIN");
        scheduler.advance(SETTLE);
        assertThat(addresses()).containsExactly(address(2));
    }

    @Test
    void aRemovedSourceLeavesAtOnceWhenTheOthersHaveAnswered() {
        apply("a", "b");
        source("a").answers(1);
        source("b").answers(2);
        apply("a");
        assertThat(addresses()).containsExactly(address(1));
    }

    @Test
    void sourcesOfOneNameAreToldApart() {
        upstream.withEntries(CREDULOUS, ScriptedSources.entry("a", "a"));
        assertThat(merger.statuses()).extracting(SourceStatus::name).containsExactly("a", "a#2");
    }

    @Test
    void nothingIsToldAfterClose() {
        apply("a");
        source("a").answers(1);
        source("a").answers(2);
        merger.close();
        scheduler.advance(SETTLE);
        assertThat(told).hasSize(1);
        assertThat(source("a").closes).isEqualTo(1);
        assertThat(scheduler.waitingTasks()).isZero();
    }

    @Test
    void theStatusTellsWhenASourceLastAnsweredAndWhyItDoesNot() {
        apply("a");
        assertThat(merger.statuses().get(0).answered()).isFalse();
        scheduler.advance(Duration.ofSeconds(5));
        source("a").answers(1, 2);
        scheduler.advance(Duration.ofSeconds(5));
        source("a").fails("SERVFAIL");
        SourceStatus status = merger.statuses().get(0);
        assertThat(status.lastSuccess()).contains(java.time.Instant.ofEpochSecond(5));
        assertThat(status.failure()).contains("SERVFAIL");
        assertThat(status.successes()).isEqualTo(1);
        assertThat(status.failures()).isEqualTo(1);
    }

    @Test
    void aFailureIsAnEventWhenItBeginsAndWhenItEndsAndNotAtEachPoll() {
        apply("a");
        source("a").answers(1);
        for (int poll = 0; poll < 100; poll++) {
            source("a").fails("SERVFAIL");
        }
        source("a").answers(1);
        source("a").answers(1);
        assertThat(upstream.events)
                .extracting(DiscoveryEvent::kind)
                .containsExactly(DiscoveryEvent.Kind.SOURCE_FAILED, DiscoveryEvent.Kind.SOURCE_RECOVERED);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whateverHappensTheSetIsTheUnionOfTheLastGoodOnes(long seed) {
        RandomGenerator random = new java.util.SplittableRandom(seed);
        apply("a", "b", "c");
        Map<String, List<Endpoint>> lastGood = new HashMap<>();
        for (int event = 0; event < 500; event++) {
            String name = List.of("a", "b", "c").get(random.nextInt(3));
            if (random.nextInt(3) == 0) {
                source(name).fails("fault " + event);
            } else {
                int[] found = random.ints(random.nextInt(6), 1, 12).toArray();
                source(name).answers(found);
                lastGood.put(name, ScriptedSource.endpoints(found));
            }
            scheduler.advance(Duration.ofMillis(random.nextInt(80)));
        }
        scheduler.advance(SETTLE);
        TreeSet<String> expected = new TreeSet<>();
        lastGood.values()
                .forEach(set -> set.forEach(e -> expected.add(e.address().toString())));
        assertThat(addresses()).extracting(InetSocketAddress::toString).containsExactlyInAnyOrderElementsOf(expected);
    }

    private void apply(String... names) {
        upstream.with(CREDULOUS, names);
    }

    private ScriptedSource source(String name) {
        return upstream.source(name);
    }

    private List<MergedEndpoint> latest() {
        return upstream.latest();
    }

    private List<InetSocketAddress> addresses() {
        return latest().stream().map(MergedEndpoint::address).toList();
    }
}
