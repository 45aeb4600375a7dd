package io.evenkeel.discovery;

import static io.evenkeel.discovery.testing.ScriptedSource.address;
import static io.evenkeel.discovery.testing.ScriptedSource.critical;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.MergeConfig;
import io.evenkeel.discovery.RejectedEndpoint.Cause;
import io.evenkeel.discovery.testing.ScriptedSource;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an upstream's sets look like while an endpoint comes and goes. */
class EndpointDampingTest {

    private final MergedUpstream upstream = new MergedUpstream().with(MergeConfig.defaults(), "a");
    private final ScriptedSource source = upstream.source("a");

    @Test
    void anEndpointThatKeepsComingAndGoingIsLetInWhenItHasStayedForAWhile() {
        flap();
        source.answers(1, 2, 3);
        assertThat(upstream.settled()).containsExactly(2, 3);
        upstream.scheduler.advance(Duration.ofSeconds(60));
        assertThat(upstream.numbers()).containsExactly(1, 2, 3);
        assertThat(upstream.merger.rejected()).isEmpty();
        assertThat(upstream.scheduler.waitingTasks()).isZero();
    }

    @Test
    void itIsToldWhatIsDampedAndUntilWhen() {
        flap();
        source.answers(1, 2, 3);
        upstream.settled();
        assertThat(upstream.merger.rejected()).hasSize(1);
        RejectedEndpoint damped = upstream.merger.rejected().get(0);
        assertThat(damped.endpoint().address()).isEqualTo(address(1));
        assertThat(damped.cause()).isEqualTo(Cause.DAMPED);
        assertThat(damped.reason()).matches("left 5 times, kept out until 1970-01-01T00:0[01]:[0-9]{2}Z");
    }

    @Test
    void checksThatFlapAreDampedToo() {
        for (int i = 0; i < 5; i++) {
            source.answers(1, 2, 3);
            upstream.settled();
            source.says(critical(1), Endpoint.at(address(2)), Endpoint.at(address(3)));
            upstream.settled();
        }
        source.answers(1, 2, 3);
        assertThat(upstream.settled()).containsExactly(2, 3);
    }

    @Test
    void aSourceThatFailsAndRecoversAllTheTimeDampsNothing() {
        for (int i = 0; i < 50; i++) {
            source.answers(1, 2, 3);
            source.fails("time-out");
            assertThat(upstream.settled()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void nothingWaitsAfterClose() {
        flap();
        source.answers(1, 2, 3);
        upstream.settled();
        assertThat(upstream.scheduler.waitingTasks()).isPositive();
        upstream.merger.close();
        assertThat(upstream.scheduler.waitingTasks()).isZero();
    }

    private void flap() {
        for (int i = 0; i < 5; i++) {
            source.answers(1, 2, 3);
            upstream.settled();
            source.answers(2, 3);
            upstream.settled();
        }
    }
}
