package io.evenkeel.discovery.events;

import static io.evenkeel.discovery.DiscoveryEvent.Kind.ENDPOINT_ADDED;
import static io.evenkeel.discovery.DiscoveryEvent.Kind.NODE_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.discovery.DiscoveryEvent;
import io.evenkeel.discovery.DiscoveryEvent.Kind;
import io.evenkeel.discovery.DiscoveryListener;
import io.evenkeel.discovery.testing.VirtualScheduler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamTest {

    private final EventStream stream = new EventStream(new VirtualScheduler(), "t");
    private final AtomicInteger woken = new AtomicInteger();

    @Test
    void idsRiseAndEachEventComesOnce() {
        Subscription subscription = subscribe("");
        happen(1, 3);

        assertThat(taken(subscription)).containsExactly("t-1 1", "t-2 2", "t-3 3");
        assertThat(taken(subscription)).isEmpty();
        happen(4, 4);
        assertThat(taken(subscription)).containsExactly("t-4 4");
    }

    @Test
    void aSubscriberThatAsksForNothingGetsWhatHappensFromNowOn() {
        happen(1, 2);
        Subscription subscription = subscribe("");

        assertThat(subscription.since()).isEqualTo("t-2");
        assertThat(subscription.complete()).isTrue();
        assertThat(taken(subscription)).isEmpty();
    }

    @Test
    void aSubscriberThatWasAwayGetsWhatItMissedAndThenTheRest() {
        happen(1, 5);
        Subscription subscription = subscribe("t-3");
        happen(6, 6);

        assertThat(subscription.complete()).isTrue();
        assertThat(taken(subscription)).containsExactly("t-4 4", "t-5 5", "t-6 6");
    }

    @Test
    void theIdBeforeTheFirstEventIsOneToResumeFrom() {
        String before = subscribe("").since();
        happen(1, 2);

        assertThat(subscribe(before).complete()).isTrue();
        assertThat(taken(subscribe(before))).containsExactly("t-1 1", "t-2 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"u-3", "t-6", "t-", "t--1", "t-+3", "t-99999999999999999999", "t", "-", "3", "t-3 ", "T-3"})
    void anIdThatIsNotOfThisProcessBringsAllThereIsAndSaysSo(String id) {
        happen(1, 5);
        Subscription subscription = subscribe(id);

        assertThat(subscription.complete()).isFalse();
        assertThat(subscription.since()).isEqualTo("t-0");
        assertThat(taken(subscription)).hasSize(5);
    }

    @Test
    void anIdOlderThanWhatIsRememberedBringsAllThereIsAndSaysSo() {
        happen(1, EventStream.REMEMBERED + 10);

        assertThat(subscribe("t-10").complete()).isTrue();
        assertThat(subscribe("t-9").complete()).isFalse();
        assertThat(subscribe("t-9").since()).isEqualTo("t-10");
        assertThat(taken(subscribe("t-9")))
                .hasSize(EventStream.REMEMBERED)
                .first()
                .isEqualTo("t-11 11");
    }

    @Test
    void twoProcessesHaveDifferentTokens() {
        String one =
                new EventStream(new VirtualScheduler()).subscribe("", () -> {}).since();
        String other =
                new EventStream(new VirtualScheduler()).subscribe("", () -> {}).since();

        assertThat(one).matches("[0-9a-f]{8}-0").isNotEqualTo(other);
    }

    @Test
    void aSubscriberIsWokenOnceUntilItHasTakenEverything() {
        Subscription subscription = subscribe("");
        happen(1, 3);
        assertThat(woken).hasValue(1);
        taken(subscription);
        happen(4, 5);
        assertThat(woken).hasValue(2);
    }

    @Test
    void aSubscriberTooFarBehindIsCutOffAndTheOthersAreNot() {
        Subscription slow = subscribe("");
        Subscription quick = stream.subscribe("", () -> {});
        happen(1, EventStream.MOST_WAITING);
        assertThat(slow.ended()).isFalse();
        assertThat(taken(quick)).hasSize(EventStream.MOST_WAITING);
        happen(EventStream.MOST_WAITING + 1, EventStream.MOST_WAITING + 2);

        assertThat(slow.ended()).isTrue();
        assertThat(slow.next()).isNull();
        assertThat(woken).hasValue(2);
        assertThat(quick.ended()).isFalse();
        assertThat(taken(quick)).hasSize(2);
    }

    @Test
    void aClosedSubscriptionGetsNothingMore() {
        Subscription subscription = subscribe("");
        happen(1, 1);
        subscription.close();
        happen(2, 2);

        assertThat(subscription.ended()).isTrue();
        assertThat(taken(subscription)).isEmpty();
        assertThat(woken).hasValue(1);
    }

    @Test
    void whenTheStreamEndsSubscribersHaveWhatCameBefore() {
        Subscription subscription = subscribe("");
        happen(1, 2);
        stream.close();
        happen(3, 3);

        assertThat(subscription.ended()).isFalse();
        assertThat(woken).hasValue(2);
        assertThat(taken(subscription)).containsExactly("t-1 1", "t-2 2");
        assertThat(subscription.ended()).isTrue();
        assertThat(stream.counts()).containsEntry(ENDPOINT_ADDED, 2L);
    }

    @Test
    void whoSubscribesAfterTheEndIsToldAtOnce() {
        happen(1, 2);
        stream.close();

        assertThat(subscribe("t-0").ended()).isTrue();
    }

    @Test
    void everyKindIsCounted() {
        happen(1, 3);
        stream.onEvent(new DiscoveryEvent(Instant.EPOCH, NODE_FAILED, "", "", "n1", "consul", ""));

        assertThat(stream.counts())
                .containsOnlyKeys(Kind.values())
                .containsEntry(ENDPOINT_ADDED, 3L)
                .containsEntry(NODE_FAILED, 1L)
                .containsEntry(Kind.NODE_RECOVERED, 0L);
    }

    @Test
    void aListenerThatFailsKeepsNothingFromTheOthers() {
        List<DiscoveryEvent> heard = new ArrayList<>();
        stream.addListener(event -> {
            throw new IllegalStateException("listener");
        });
        stream.addListener(heard::add);
        Subscription subscription = stream.subscribe("", () -> {
            throw new IllegalStateException("subscriber");
        });
        happen(1, 1);

        assertThat(heard).hasSize(1);
        assertThat(taken(subscription)).hasSize(1);
    }

    @Test
    void aRemovedListenerHearsNothingMore() {
        List<DiscoveryEvent> heard = new ArrayList<>();
        DiscoveryListener listener = heard::add;
        stream.addListener(listener);
        happen(1, 1);
        stream.removeListener(listener);
        happen(2, 2);

        assertThat(heard).hasSize(1);
    }

    @Test
    @Timeout(60)
    void nobodyMissesOrRepeatsAnEventWhoSubscribesWhileEventsHappen() throws Exception {
        int count = 50_000;
        AtomicLong taken = new AtomicLong();
        Subscription all = stream.subscribe("", () -> {});
        Thread control = new Thread(() -> happenAheadOf(taken, count));
        control.setDaemon(true);
        control.start();
        while (taken.get() < count) {
            taken.set(inOrderAfter(taken.get(), all));
            Subscription late = stream.subscribe("", () -> {});
            inOrderAfter(number(late.since()), late);
            late.close();
        }
        control.join();

        assertThat(taken).hasValue(count);
        assertThat(all.next()).isNull();
        assertThat(all.ended()).isFalse();
    }

    /** Never so far ahead that the reader is cut off. */
    private void happenAheadOf(AtomicLong taken, int count) {
        for (int i = 1; i <= count; i++) {
            while (i - taken.get() > EventStream.MOST_WAITING / 2) {
                Thread.onSpinWait();
            }
            happen(i, i);
        }
    }

    /** Takes what there is and checks that nothing is left out; gives the number of the last. */
    private static long inOrderAfter(long before, Subscription subscription) {
        long last = before;
        for (NumberedEvent event = subscription.next(); event != null; event = subscription.next()) {
            assertThat(number(event.id())).isEqualTo(++last);
        }
        return last;
    }

    private static long number(String id) {
        return Long.parseLong(id.substring(id.indexOf('-') + 1));
    }

    private Subscription subscribe(String id) {
        return stream.subscribe(id, woken::incrementAndGet);
    }

    /** Events whose reasons are the numbers from one to the other. */
    private void happen(int from, int to) {
        for (int i = from; i <= to; i++) {
            stream.onEvent(new DiscoveryEvent(
                    Instant.EPOCH, ENDPOINT_ADDED, "vvm", "10.0.0.1:80", "", "dns", String.valueOf(i)));
        }
    }

    private static List<String> taken(Subscription subscription) {
        List<String> taken = new ArrayList<>();
        for (NumberedEvent event = subscription.next(); event != null; event = subscription.next()) {
            taken.add(event.id() + " " + event.event().reason());
        }
        return taken;
    }
}
