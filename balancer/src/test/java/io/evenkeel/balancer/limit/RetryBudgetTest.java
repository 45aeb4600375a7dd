package io.evenkeel.balancer.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryBudgetTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long WINDOW = RetryBudget.WINDOW_SECONDS * SECOND;

    private final RetryBudget budget = new RetryBudget();
    private long now = -3 * SECOND;

    private void answered(int requests) {
        for (int i = 0; i < requests; i++) {
            budget.answered(now);
        }
    }

    private int takeAll() {
        int taken = 0;
        while (budget.take(now)) {
            taken++;
        }
        return taken;
    }

    @Test
    void retriesAreAShareOfTheRequestsAnswered() {
        budget.configure(20, 0);
        answered(104);
        assertThat(takeAll()).isEqualTo(20);
        answered(1);
        assertThat(takeAll()).isEqualTo(1);
    }

    @Test
    void aFewRetriesAreBorneHoweverFewRequestsThereAre() {
        budget.configure(20, 3);
        assertThat(takeAll()).isEqualTo(3);
        answered(10);
        assertThat(takeAll()).as("the larger of both counts, not their sum").isZero();
        answered(10);
        assertThat(takeAll()).isEqualTo(1);
    }

    @Test
    void nothingIsBorneWhereNothingIsAllowed() {
        budget.configure(0, 0);
        answered(1000);
        assertThat(takeAll()).isZero();
    }

    @Test
    void requestsAndRetriesAreForgottenTogether() {
        budget.configure(20, 2);
        answered(100);
        assertThat(takeAll()).isEqualTo(20);
        now += WINDOW - SECOND;
        assertThat(takeAll()).as("within the window").isZero();
        now += SECOND + SECOND;
        assertThat(takeAll()).as("after it").isEqualTo(2);
    }

    @Test
    void aLongSilenceForgetsEverything() {
        budget.configure(20, 0);
        answered(1000);
        now += 1000 * WINDOW;
        assertThat(takeAll()).isZero();
        answered(10);
        assertThat(takeAll()).isEqualTo(2);
    }

    /** Each request of an outage would be retried twice if it were allowed. */
    @ParameterizedTest
    @ValueSource(ints = {5, 10, 60})
    void aFullOutageGetsAtMostTheShareMoreAttemptsThanRequests(int outageSeconds) {
        budget.configure(20, 3 * RetryBudget.WINDOW_SECONDS);
        int perSecond = 400;
        SplittableRandom random = new SplittableRandom(outageSeconds);
        for (int i = 0; i < 20 * perSecond; i++) {
            now += random.nextLong(2 * SECOND / perSecond);
            budget.answered(now);
        }
        int requests = outageSeconds * perSecond;
        int attempts = requests;
        for (int i = 0; i < requests; i++) {
            now += random.nextLong(2 * SECOND / perSecond);
            attempts += (budget.take(now) ? 1 : 0) + (budget.take(now) ? 1 : 0);
        }
        assertThat(attempts).isGreaterThan(requests).isLessThanOrEqualTo((int) (requests * 1.205));
    }

    @Test
    void oneOfSixThatDiedIsPaidFor() {
        budget.configure(20, 15);
        int refused = 0;
        for (int i = 0; i < 60_000; i++) {
            now += SECOND / 1000;
            if (i > 10_000 && i % 6 == 0 && !budget.take(now)) {
                refused++;
            }
            budget.answered(now);
        }
        assertThat(refused).isZero();
    }
}
