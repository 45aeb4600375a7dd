package io.evenkeel.proxy.loop;

import static io.evenkeel.proxy.loop.DeadlineWheel.TICK_NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineWheelTest {

    private static final int OPERATIONS = 100_000;
    /** Ticks that the wheel sees ahead. */
    private static final long HORIZON = 1024;

    private long now = Long.MAX_VALUE - 7 * TICK_NANOS;
    private final DeadlineWheel wheel = new DeadlineWheel(now);
    private final List<String> passed = new ArrayList<>();

    private Deadline named(String name) {
        return new Deadline(() -> passed.add(name));
    }

    /** Moves on by so many nanoseconds, tick by tick as an event loop does. */
    private void run(long nanos) {
        long left = nanos;
        while (left > 0) {
            long step = Math.min(left, TICK_NANOS);
            now += step;
            left -= step;
            wheel.advance(now);
        }
    }

    /** {@link System#nanoTime} may overflow; here it does so after seven ticks. */
    @ParameterizedTest
    @ValueSource(
            longs = {
                1,
                TICK_NANOS - 1,
                TICK_NANOS,
                TICK_NANOS + 1,
                20 * TICK_NANOS,
                HORIZON * TICK_NANOS - 1,
                HORIZON * TICK_NANOS,
                HORIZON * TICK_NANOS + 1,
                5 * HORIZON * TICK_NANOS + 17
            })
    void aDeadlinePassesOnceNotEarlyAndAtMostOneTickLate(long nanos) {
        wheel.set(named("a"), now + nanos);
        run(nanos - 1);
        assertThat(passed).isEmpty();
        run(1 + TICK_NANOS);
        assertThat(passed).containsExactly("a");
        run(2 * HORIZON * TICK_NANOS);
        assertThat(passed).containsExactly("a");
    }

    @Test
    void aMomentThatIsOverPassesAtTheNextTick() {
        run(3 * TICK_NANOS);
        wheel.set(named("a"), now);
        wheel.set(named("b"), now - 100 * TICK_NANOS);
        run(TICK_NANOS);

        assertThat(passed).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aDeadlineMovedLaterPassesLater() {
        Deadline deadline = named("a");
        wheel.set(deadline, now + 2 * TICK_NANOS);
        run(TICK_NANOS);
        wheel.set(deadline, now + 10 * TICK_NANOS);
        run(10 * TICK_NANOS - 1);
        assertThat(passed).isEmpty();
        run(1 + TICK_NANOS);
        assertThat(passed).containsExactly("a");
    }

    @Test
    void aDeadlineMovedEarlierPassesEarlier() {
        Deadline deadline = named("a");
        wheel.set(deadline, now + 500 * TICK_NANOS);
        run(TICK_NANOS);
        wheel.set(deadline, now + TICK_NANOS);
        run(2 * TICK_NANOS);
        assertThat(passed).containsExactly("a");
        run(600 * TICK_NANOS);
        assertThat(passed).containsExactly("a");
    }

    @Test
    void aCancelledDeadlineDoesNotPassAndCanBeSetAgain() {
        Deadline deadline = named("a");
        wheel.cancel(deadline);
        wheel.set(deadline, now + TICK_NANOS);
        wheel.cancel(deadline);
        wheel.cancel(deadline);
        run(10 * TICK_NANOS);
        assertThat(passed).isEmpty();
        wheel.set(deadline, now + TICK_NANOS);
        run(2 * TICK_NANOS);
        assertThat(passed).containsExactly("a");
    }

    @Test
    void aDeadlineMaySetItselfAgainWhenItPasses() {
        Deadline[] self = new Deadline[1];
        self[0] = new Deadline(() -> {
            passed.add("a");
            wheel.set(self[0], now + 10 * TICK_NANOS);
        });
        wheel.set(self[0], now);
        run(TICK_NANOS);
        assertThat(passed).hasSize(1);
        run(100 * TICK_NANOS);
        assertThat(passed).hasSizeBetween(9, 11);
    }

    @Test
    void aDeadlineMaySetItselfToThePastWithoutHoldingTheLoopUp() {
        Deadline[] self = new Deadline[1];
        self[0] = new Deadline(() -> {
            passed.add("a");
            wheel.set(self[0], now);
        });
        wheel.set(self[0], now);
        run(10 * TICK_NANOS);

        assertThat(passed).hasSizeBetween(9, 11);
    }

    @Test
    void aDeadlineMayCancelAndSetOthersOfItsOwnSlot() {
        Deadline victim = named("victim");
        Deadline heir = named("heir");
        Deadline killer = new Deadline(() -> {
            passed.add("killer");
            wheel.cancel(victim);
            wheel.set(heir, now + 3 * TICK_NANOS);
        });
        wheel.set(victim, now + TICK_NANOS);
        wheel.set(heir, now + TICK_NANOS);
        wheel.set(killer, now + TICK_NANOS); // the last one set is looked at first
        run(2 * TICK_NANOS);
        assertThat(passed).containsExactly("killer");
        run(4 * TICK_NANOS);
        assertThat(passed).containsExactly("killer", "heir");
    }

    @Test
    void aLoopThatStoodStillPassesAllThatIsOverAndNothingElse() {
        for (int i = 1; i <= 4; i++) {
            wheel.set(named("due " + i), now + i * HORIZON * TICK_NANOS);
        }
        wheel.set(named("later"), now + 4 * HORIZON * TICK_NANOS + 2 * TICK_NANOS);
        now += 4 * HORIZON * TICK_NANOS + TICK_NANOS;
        wheel.advance(now);
        assertThat(passed).containsExactlyInAnyOrder("due 1", "due 2", "due 3", "due 4");
        run(2 * TICK_NANOS);
        assertThat(passed).contains("later");
    }

    /** Sets, moves and cancels at random, with steps from a fraction of a tick to several turns, against a list of moments. */
    @Test
    void theWheelDoesWhatAPlainListWouldDo() {
        Random random = new Random(11);
        Model model = new Model(64);
        for (int i = 0; i < OPERATIONS; i++) {
            int which = random.nextInt(64);
            switch (random.nextInt(8)) {
                case 0, 1, 2, 3 -> model.set(which, now + (long) (Math.exp(random.nextDouble(33)) - 5));
                case 4 -> model.cancel(which);
                case 5 -> model.advance(random.nextLong(TICK_NANOS));
                case 6 -> model.advance(random.nextLong(20 * TICK_NANOS));
                default -> model.advance(random.nextInt(200) == 0 ? 3 * HORIZON * TICK_NANOS : TICK_NANOS);
            }
        }
        assertThat(model.passes).isGreaterThan(OPERATIONS / 100);
    }

    /** Deadlines and, for each, the moment it is set to or null. */
    private final class Model {

        private final List<Deadline> deadlines = new ArrayList<>();
        private final Long[] moments;
        private int passes;

        Model(int count) {
            moments = new Long[count];
            for (int i = 0; i < count; i++) {
                int which = i;
                deadlines.add(new Deadline(() -> pass(which)));
            }
        }

        private void pass(int which) {
            passes++;
            assertThat(moments[which]).as("passed although not set").isNotNull();
            assertThat(moments[which] - now).as("passed early").isLessThanOrEqualTo(0);
            moments[which] = null;
        }

        void set(int which, long at) {
            moments[which] = at;
            wheel.set(deadlines.get(which), at);
        }

        void cancel(int which) {
            moments[which] = null;
            wheel.cancel(deadlines.get(which));
        }

        void advance(long nanos) {
            now += nanos;
            wheel.advance(now);
            for (Long moment : moments) {
                assertThat(moment == null || moment - now > -TICK_NANOS)
                        .as("later than a tick")
                        .isTrue();
            }
        }
    }
}
