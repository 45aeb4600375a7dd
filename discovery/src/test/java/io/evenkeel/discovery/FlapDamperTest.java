package io.evenkeel.discovery;

import static io.evenkeel.discovery.testing.ScriptedSource.address;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlapDamperTest {

    private static final Duration HOLD = Duration.ofSeconds(60);
    private static final int[] OTHERS = {11, 12, 13, 14, 15};
    private static final int[] ALL = {1, 11, 12, 13, 14, 15};

    private final FlapDamper damper = new FlapDamper();
    private long nowNanos = -Duration.ofSeconds(30).toNanos();

    @Test
    void aRestartAndEvenTwoInARowAreNoFlapping() {
        keptOut(ALL);
        for (int restart = 0; restart < 2; restart++) {
            assertThat(keptOut(OTHERS)).isEmpty();
            assertThat(keptOut(ALL)).isEmpty();
        }
    }

    @Test
    void anEndpointThatRestartsEveryMinuteIsNeverKeptOut() {
        for (int restart = 0; restart < 100; restart++) {
            assertThat(keptOut(ALL)).isEmpty();
            pass(Duration.ofSeconds(50));
            assertThat(keptOut(OTHERS)).isEmpty();
            pass(Duration.ofSeconds(10));
        }
    }

    @Test
    void aThirdLeaveInARowIsFlappingUntilThePenaltyHasDecayed() {
        flap(3);
        assertThat(keptOut(ALL)).containsExactly(address(1));
        // 3 decays to 0.75 in two half-lives of a quarter of the hold
        pass(HOLD.dividedBy(2).minusSeconds(1));
        assertThat(keptOut(ALL)).containsExactly(address(1));
        pass(Duration.ofSeconds(1));
        assertThat(keptOut(ALL)).isEmpty();
    }

    @Test
    void theWorstIsLetInWhenTheHoldSinceItsLastLeaveIsOver() {
        flap(100);
        assertThat(keptOut(ALL)).containsExactly(address(1));
        pass(HOLD.minusMillis(1));
        assertThat(keptOut(ALL)).containsExactly(address(1));
        pass(Duration.ofMillis(1));
        assertThat(keptOut(ALL)).isEmpty();
    }

    @Test
    void whatIsLetInAgainStaysInUntilItLeaves() {
        flap(100);
        pass(HOLD);
        for (int second = 0; second < 100; second++) {
            assertThat(keptOut(ALL)).isEmpty();
            pass(Duration.ofSeconds(1));
        }
    }

    @Test
    void itTellsHowOftenTheEndpointLeftAndWhenItIsLetIn() {
        flap(3);
        FlapDamper.Damped damped =
                damper.keepOut(addresses(ALL), HOLD, nowNanos).get(address(1));
        assertThat(damped).isEqualTo(new FlapDamper.Damped(3, nowNanos + HOLD.toNanos() / 2));
    }

    @Test
    void aRollingUpdateIsNoFlapping() {
        for (int update = 0; update < 5; update++) {
            for (int replaced = 0; replaced < 6; replaced++) {
                Set<InetSocketAddress> without = addresses(generation(update, replaced, true));
                assertThat(damper.keepOut(without, HOLD, nowNanos)).isEmpty();
                pass(Duration.ofSeconds(2));
                Set<InetSocketAddress> with = addresses(generation(update, replaced, false));
                assertThat(damper.keepOut(with, HOLD, nowNanos)).isEmpty();
                pass(Duration.ofSeconds(2));
            }
        }
    }

    @Test
    void theOnlyEndpointIsNeverKeptOut() {
        for (int i = 0; i < 50; i++) {
            assertThat(damper.keepOut(addresses(1), HOLD, nowNanos)).isEmpty();
            assertThat(damper.keepOut(Set.of(), HOLD, nowNanos)).isEmpty();
        }
    }

    @Test
    void whenMostFlapTheLeastFlappingAreLetIn() {
        for (int round = 0; round < 9; round++) {
            damper.keepOut(addresses(1, 2, 3, 4), HOLD, nowNanos);
            damper.keepOut(round < 5 ? addresses() : addresses(3, 4), HOLD, nowNanos);
        }
        assertThat(keptOut(1, 2, 3, 4)).containsExactlyInAnyOrder(address(1), address(2));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverFlapsAtLeastHalfIsLetInAndNothingIsKeptOutForLongerThanTheHold(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] backSinceNanos = new long[20];
        Set<Integer> before = new TreeSet<>();
        for (int step = 0; step < 2_000; step++) {
            Set<Integer> usable = new TreeSet<>();
            for (int i = 0; i < 20; i++) {
                boolean stays = before.contains(i) && random.nextInt(10) > i / 2;
                if (stays || random.nextInt(10) == 0) {
                    usable.add(i);
                }
            }
            for (int i : usable) {
                backSinceNanos[i] = before.contains(i) ? backSinceNanos[i] : nowNanos;
            }
            Set<InetSocketAddress> out =
                    keptOut(usable.stream().mapToInt(i -> i).toArray());
            assertThat(out.size()).isLessThanOrEqualTo(usable.size() / 2);
            for (int i : usable) {
                assertThat(out.contains(address(i)) && nowNanos - backSinceNanos[i] >= HOLD.toNanos())
                        .isFalse();
            }
            before = usable;
            pass(Duration.ofMillis(random.nextInt(20_000)));
        }
    }

    @Test
    void withoutAHoldNothingIsKeptOutOrRemembered() {
        for (int i = 0; i < 10; i++) {
            assertThat(damper.keepOut(addresses(ALL), Duration.ZERO, nowNanos)).isEmpty();
            assertThat(damper.keepOut(addresses(OTHERS), Duration.ZERO, nowNanos))
                    .isEmpty();
        }
        assertThat(keptOut(ALL)).isEmpty();
    }

    @Test
    void whatLeavesForGoodIsForgotten() {
        keptOut(IntStream.range(0, 200).toArray());
        keptOut(OTHERS);
        assertThat(damper.remembered()).isEqualTo(195);
        pass(HOLD);
        keptOut(OTHERS);
        assertThat(damper.remembered()).isZero();
    }

    /** Number 1 leaves that often. */
    private void flap(int leaves) {
        for (int i = 0; i < leaves; i++) {
            keptOut(ALL);
            keptOut(OTHERS);
        }
    }

    private Set<InetSocketAddress> keptOut(int... numbers) {
        return damper.keepOut(addresses(numbers), HOLD, nowNanos).keySet();
    }

    private static Set<InetSocketAddress> addresses(int... numbers) {
        return IntStream.of(numbers).mapToObj(n -> address(n)).collect(Collectors.toSet());
    }

    /** Six tasks, each update replaces them one by one by tasks with other addresses. */
    private static int[] generation(int update, int replaced, boolean without) {
        return IntStream.range(0, 6)
                .filter(task -> !without || task != replaced)
                .map(task -> task + 6 * (task < replaced || (task == replaced && !without) ? update + 1 : update))
                .toArray();
    }

    private void pass(Duration time) {
        nowNanos += time.toNanos();
    }
}
