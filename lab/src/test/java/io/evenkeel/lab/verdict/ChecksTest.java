package io.evenkeel.lab.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.lab.record.Recording;
import io.evenkeel.lab.record.Scenes;
import io.evenkeel.lab.record.Span;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChecksTest {

    private static final Set<String> VVM = Set.of("vvm");
    private final Recording recording = new Recording();

    @Test
    void tasksThatWereThereBeforeTheRecoveryWereNotMoved() {
        recording.add(Scenes.snapshot(1000, 3, 3, 0));
        recording.add(Scenes.snapshot(2000, 3, 3, 1));
        recording.add(Scenes.snapshot(3000, 2, 2, 2));
        assertThat(Checks.moved(recording, VVM, new Span(1500, 3000), 2).passed())
                .isTrue();
        assertThat(Checks.moved(recording, VVM, new Span(1500, 3000), 1).passed())
                .isFalse();
        assertThat(Checks.moved(recording, VVM, new Span(1500, 2000), 2).figures())
                .startsWith("1 started");
    }

    @Test
    void oneTaskTooFewAtAnyTimeIsNoticed() {
        recording.add(Scenes.snapshot(1000, 3, 3, 0));
        recording.add(Scenes.snapshot(1500, 3, 2, 0));
        recording.add(Scenes.snapshot(2000, 3, 3, 0));
        assertThat(Checks.neverBelow(recording, VVM, new Span(1000, 2000), 6).passed())
                .isFalse();
        assertThat(Checks.neverBelow(recording, VVM, new Span(1600, 2000), 6).passed())
                .isTrue();
    }

    @Test
    void whatWasNotSeenIsNotTakenForWell() {
        assertThat(Checks.neverBelow(recording, VVM, new Span(0, 10), 6).passed())
                .isFalse();
        assertThat(Checks.even(recording, VVM, "2-2-2").passed()).isFalse();
        assertThat(Checks.allAnswered(recording, "", new Span(0, 10)).passed()).isFalse();
        assertThat(Checks.quiet(recording, VVM, new Span(0, 10)).passed()).isFalse();
    }

    @Test
    void oneFailedRequestFailsTheRecovery() {
        recording.add(Scenes.good(1000, 5));
        recording.add(Scenes.bad(2000, 5));
        assertThat(Checks.allAnswered(recording, "", new Span(500, 1500)).passed())
                .isTrue();
        assertThat(Checks.allAnswered(recording, "", new Span(500, 2500)).figures())
                .isEqualTo("2 requests in 2.0 s, failed: {get status 502=1}");
    }

    @Test
    void requestsMayFailWhenANodeDoesAndNotLater() {
        Span failure = new Span(10_000, 60_000);
        recording.add(Scenes.bad(9_500, 600));
        recording.add(Scenes.bad(12_999, 100));
        recording.add(Scenes.good(20_000, 100));
        Check near = Checks.failuresNear(recording, failure, 3_000);
        assertThat(near.passed()).isTrue();
        assertThat(near.figures()).startsWith("then 2 of 2 failed");
        recording.add(Scenes.bad(13_001, 100));
        assertThat(Checks.failuresNear(recording, failure, 3_000).passed()).isFalse();
    }

    @Test
    void theTimeCountsSinceTheRebalancerBeganToWaitAndWithoutItsWait() {
        recording.add(Scenes.view(1_000, "t", true, "node n3 has changed 1 s ago; it must stay as it is for 20 s", 2));
        recording.add(Scenes.view(2_000, "t", true, "node n3 is not well: down", 2));
        recording.add(Scenes.view(10_000, "t", true, "node n3 has changed 0 s ago; it must stay as it is for 20 s", 2));
        recording.add(Scenes.view(12_000, "t", true, "node n3 has changed 2 s ago; it must stay as it is for 20 s", 2));
        recording.add(Scenes.view(30_000, "t", true, "node n3 has recovered", 2));
        assertThat(Checks.swift(recording, new Span(500, 90_000), 600, 60).passed())
                .isTrue();
        assertThat(Checks.swift(recording, new Span(500, 90_001), 600, 60).passed())
                .isFalse();
    }

    @Test
    void aChangedServiceIsNotQuiet() {
        recording.add(Scenes.versioned(1_000, 6, 7, 2, 2, 2));
        recording.add(Scenes.view(1_500, "t", true, "even", 0));
        assertThat(Checks.quiet(recording, VVM, new Span(1_000, 2_000)).passed())
                .isTrue();
        recording.add(Scenes.versioned(1_800, 6, 8, 2, 2, 2));
        assertThat(Checks.quiet(recording, VVM, new Span(1_000, 2_000)).passed())
                .isFalse();
    }

    @Test
    void somethingPlannedIsNotQuiet() {
        recording.add(Scenes.versioned(1_000, 6, 7, 2, 2, 2));
        recording.add(Scenes.view(1_500, "t", true, "even", 1));
        assertThat(Checks.quiet(recording, VVM, new Span(1_000, 2_000)).passed())
                .isFalse();
    }

    @Test
    void oneRebalancerAfterTheOtherIsFineAndTwoAtOnceAreNot() {
        Span span = new Span(0, 10_000);
        recording.add(Scenes.view(1_000, "a", true, "", 0));
        recording.add(Scenes.view(4_000, "b", true, "", 0));
        assertThat(Checks.oneActive(recording, span).passed()).isTrue();
        recording.add(Scenes.view(4_500, "a", true, "", 0));
        recording.add(Scenes.view(4_600, "b", true, "", 0));
        assertThat(Checks.oneActive(recording, span).passed()).isFalse();
    }
}
