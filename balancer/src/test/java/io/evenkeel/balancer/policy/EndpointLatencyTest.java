package io.evenkeel.balancer.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.balancer.Endpoints;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointLatencyTest {

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    private final EndpointState endpoint = Endpoints.states(1)[0];
    private long now = 17 * SECOND;
    private final EndpointLatency latency = new EndpointLatency(Duration.ofSeconds(10), () -> now);

    @Test
    void nothingIsKnownAtFirst() {
        assertThat(millis()).isZero();
        latency.onSuccess(endpoint, -1);
        assertThat(millis()).isZero();
    }

    @Test
    void aSlowerAnswerIsTakenOverAtOnce() {
        latency.onSuccess(endpoint, 10 * MILLI);
        assertThat(millis()).isEqualTo(10);
        latency.onSuccess(endpoint, 300 * MILLI);
        assertThat(millis()).isEqualTo(300);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100, 10_000})
    void fasterAnswersWearAPeakDownAtTheSamePaceHoweverOftenTheyCome(int perSecond) {
        latency.onSuccess(endpoint, 1_000 * MILLI);
        for (int i = 0; i < 10 * perSecond; i++) {
            now += SECOND / perSecond;
            latency.onSuccess(endpoint, 100 * MILLI);
        }
        assertThat(millis()).isCloseTo(100 + 900 / Math.E, within(10.0));
    }

    @Test
    void withoutAnswersAMeanFadesUntilNothingIsKnown() {
        latency.onSuccess(endpoint, 1_000 * MILLI);
        now += 10 * SECOND;
        assertThat(millis()).isCloseTo(1_000 / Math.E, within(30.0));
        now += 70 * SECOND;
        assertThat(millis()).isZero();
        latency.onSuccess(endpoint, 3 * MILLI);
        assertThat(millis()).isEqualTo(3);
    }

    @Test
    void aFailureCountsAsASlowAnswer() {
        latency.onDropped(endpoint, Fault.CONNECT);
        assertThat(millis()).isEqualTo(10);
        latency.onDropped(endpoint, Fault.GATEWAY);
        assertThat(millis()).isEqualTo(40);
        for (int i = 0; i < 10; i++) {
            latency.onDropped(endpoint, Fault.CONNECT);
        }
        assertThat(millis()).isEqualTo(1_000);
    }

    @Test
    void aFailureOfAnEndpointThatIsSlowerThanAnyFailureChangesNothing() {
        latency.onSuccess(endpoint, 5 * SECOND);
        latency.onDropped(endpoint, Fault.GATEWAY);
        assertThat(millis()).isEqualTo(5_000);
    }

    @Test
    void backPressureSaysNothing() {
        latency.onDropped(endpoint, Fault.BACK_PRESSURE);
        assertThat(millis()).isZero();
    }

    @Test
    void writersOnSeveralLoopsLeaveAMeanOfWhatTheyWrote() throws Exception {
        ExecutorService loops = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int loop = 1; loop <= 4; loop++) {
                long nanos = loop * MILLI;
                done.add(loops.submit(() -> {
                    for (int i = 0; i < 50_000; i++) {
                        latency.onSuccess(endpoint, nanos);
                    }
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
        } finally {
            loops.shutdownNow();
        }
        assertThat(millis()).isBetween(1.0, 4.0);
    }

    private double millis() {
        return latency.nanosAt(latency.tick()) / (double) MILLI;
    }
}
