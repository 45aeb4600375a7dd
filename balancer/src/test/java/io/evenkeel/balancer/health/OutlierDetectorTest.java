package io.evenkeel.balancer.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.Configs;
import io.evenkeel.balancer.Endpoints;
import io.evenkeel.balancer.endpoint.Drain;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Fault;
import io.evenkeel.balancer.endpoint.Permit;
import io.evenkeel.balancer.endpoint.Standing;
import io.evenkeel.balancer.endpoint.Standing.Health;
import io.evenkeel.config.OutlierConfig;
import io.evenkeel.discovery.testing.VirtualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutlierDetectorTest {

    private static final Duration BASE = Duration.ofSeconds(10);
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final VirtualScheduler scheduler = new VirtualScheduler();
    private final Heard heard = new Heard();

    @Test
    void gatewayFailuresInARowEjectForTheBaseTime() {
        EndpointState[] all = observed(4, "");
        fail(all[1], Fault.GATEWAY, 4);
        succeed(all[1], 1, -1);
        fail(all[1], Fault.GATEWAY, 4);
        assertThat(ejected(all)).isEmpty();
        fail(all[1], Fault.GATEWAY, 1);

        assertThat(ejected(all)).containsExactly(all[1]);
        assertThat(all[1].standing().ejection()).hasValueSatisfying(ejection -> {
            assertThat(ejection.reason()).isEqualTo("5 attempts failed in a row");
            assertThat(ejection.until()).isEqualTo(Instant.EPOCH.plus(BASE));
        });
        scheduler.advance(BASE.minusMillis(1));
        assertThat(ejected(all)).containsExactly(all[1]);
        scheduler.advance(Duration.ofMillis(1));
        assertThat(ejected(all)).isEmpty();
        assertThat(heard.standings).isEqualTo(2);
        assertThat(heard.events)
                .containsExactly(
                        "endpoint-ejected 10.0.0.1 by outlier-detection: 5 attempts failed in a row; for 10.0 s",
                        "endpoint-unejected 10.0.0.1 by outlier-detection: its time is up");
    }

    @Test
    void connectFailuresInARowHaveAThresholdOfTheirOwn() {
        EndpointState[] all = observed(4, "connect-failures: 3, gateway-failures: 0");
        fail(all[0], Fault.GATEWAY, 50);
        fail(all[1], Fault.CONNECT, 3);

        assertThat(ejected(all)).containsExactly(all[1]);
    }

    @Test
    void backPressureIsNoFailureAndEndsARow() {
        EndpointState[] all = observed(4, "");
        fail(all[1], Fault.BACK_PRESSURE, 100);
        fail(all[1], Fault.GATEWAY, 4);
        fail(all[1], Fault.BACK_PRESSURE, 1);
        fail(all[1], Fault.GATEWAY, 4);
        scheduler.advance(INTERVAL);

        assertThat(ejected(all)).isEmpty();
    }

    @Test
    void eachEjectionIsLongerAndQuietTimesShortenTheNext() {
        EndpointState[] all = observed(4, "");
        assertThat(sentence(all)).isEqualTo(BASE);
        assertThat(sentence(all)).isEqualTo(BASE.multipliedBy(2));
        assertThat(sentence(all)).isEqualTo(BASE.multipliedBy(3));
        scheduler.advance(BASE.multipliedBy(2));
        assertThat(sentence(all)).isEqualTo(BASE.multipliedBy(2));
        scheduler.advance(Duration.ofHours(1));
        assertThat(sentence(all)).isEqualTo(BASE);
    }

    @Test
    void noEjectionIsLongerThanAllowedHoweverOftenAnEndpointFails() {
        EndpointState[] all = observed(4, "max-ejection: 25s");
        for (int i = 0; i < 50; i++) {
            sentence(all);
        }
        assertThat(sentence(all)).isEqualTo(Duration.ofSeconds(25));
        scheduler.advance(BASE.multipliedBy(3));
        assertThat(sentence(all)).isEqualTo(BASE);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 50, 0",
        "2, 50, 1",
        "2, 10, 1",
        "3, 50, 1",
        "4, 50, 2",
        "6, 99, 5",
        "10, 30, 3",
        "10, 0, 0",
        "2, 99, 1"
    })
    void noMoreThanTheirShareAreEjected(int endpoints, int percent, int expected) {
        EndpointState[] all = observed(endpoints, "max-ejected-percent: " + percent);
        for (EndpointState each : all) {
            fail(each, Fault.GATEWAY, 5);
        }

        assertThat(ejected(all)).hasSize(expected);
    }

    @Test
    void whoCouldNotBeEjectedIsLookedAtAgain() {
        EndpointState[] all = observed(2, "");
        fail(all[0], Fault.GATEWAY, 5);
        fail(all[1], Fault.GATEWAY, 5);
        assertThat(ejected(all)).containsExactly(all[0]);
        scheduler.advance(BASE);
        fail(all[1], Fault.GATEWAY, 5);

        assertThat(ejected(all)).containsExactly(all[1]);
    }

    @Test
    void theLastThatIsFitIsNeverEjected() {
        EndpointState[] all = observed(4, "max-ejected-percent: 99");
        for (EndpointState each : List.of(all[0], all[1])) {
            each.standing(each.standing().with(Health.UNHEALTHY, "", 0, 100, false));
        }
        all[2].drain(Drain.NONE.byOperator(true, 0));
        fail(all[3], Fault.GATEWAY, 5);

        assertThat(ejected(all)).isEmpty();
    }

    @Test
    void whatChecksHaveTakenOutIsNotHeldToAccountForWhatItStillHad() {
        EndpointState[] all = observed(4, "");
        all[1].standing(all[1].standing().with(Health.UNHEALTHY, "", 9, 10, false));
        fail(all[1], Fault.GATEWAY, 20);
        assertThat(ejected(all)).isEmpty();
    }

    @Test
    void anEndpointThatFailsMoreOftenThanTheOthersIsEjected() {
        EndpointState[] all = observed(4, "gateway-failures: 0");
        for (EndpointState each : all) {
            succeed(each, 95, -1);
            fail(each, Fault.GATEWAY, 5);
        }
        fail(all[2], Fault.GATEWAY, 60);
        scheduler.advance(INTERVAL);

        assertThat(ejected(all)).containsExactly(all[2]);
        assertThat(heard.events.get(0)).contains("success rate 59 %, the others' 95 %");
    }

    @Test
    void whatAllSufferEjectsNobody() {
        EndpointState[] all = observed(4, "gateway-failures: 0");
        for (EndpointState each : all) {
            succeed(each, 30, -1);
            fail(each, Fault.GATEWAY, 70);
        }
        scheduler.advance(INTERVAL);

        assertThat(ejected(all)).isEmpty();
    }

    @Test
    void tooFewAttemptsAreNotCompared() {
        EndpointState[] all = observed(4, "gateway-failures: 0, min-requests: 20");
        for (EndpointState each : List.of(all[0], all[1])) {
            succeed(each, 100, -1);
        }
        fail(all[2], Fault.GATEWAY, 19);
        scheduler.advance(INTERVAL);
        assertThat(ejected(all)).isEmpty();

        succeed(all[0], 100, -1);
        fail(all[2], Fault.GATEWAY, 20);
        scheduler.advance(INTERVAL);
        assertThat(ejected(all)).containsExactly(all[2]);
    }

    @Test
    void anEndpointThatIsSlowerThanTheOthersIsEjectedWhereThatIsAskedFor() {
        EndpointState[] all = observed(4, "latency-factor: 5");
        EndpointState[] indifferent = observed(4, "");
        for (EndpointState[] some : List.of(all, indifferent)) {
            for (EndpointState each : some) {
                succeed(each, 20, Duration.ofMillis(10).toNanos());
            }
            succeed(some[3], 60, Duration.ofMillis(100).toNanos());
        }
        scheduler.advance(INTERVAL);

        assertThat(ejected(all)).containsExactly(all[3]);
        assertThat(heard.events.get(0)).contains("answers in 77.5 ms, the others in 10.0 ms");
        assertThat(ejected(indifferent)).isEmpty();
    }

    @Test
    void multiplesOfNextToNothingAreNoDifference() {
        EndpointState[] all = observed(2, "latency-factor: 2");
        succeed(all[0], 50, 100_000);
        succeed(all[1], 50, 4_000_000);
        scheduler.advance(INTERVAL);

        assertThat(ejected(all)).isEmpty();
    }

    @Test
    void countsBeginAnewAfterAReturn() {
        EndpointState[] all = observed(4, "");
        for (EndpointState each : all) {
            succeed(each, 100, -1);
        }
        fail(all[1], Fault.GATEWAY, 100);
        scheduler.advance(BASE);
        assertThat(ejected(all)).isEmpty();
        fail(all[1], Fault.GATEWAY, 4);
        scheduler.advance(INTERVAL);

        assertThat(ejected(all)).isEmpty();
    }

    @Test
    void anEndpointThatLeavesTakesItsEjectionWithIt() {
        OutlierDetector detector = detector("");
        EndpointState[] all = observed(detector, 4);
        fail(all[1], Fault.GATEWAY, 5);
        detector.remove(all[1], List.of());

        assertThat(all[1].standing()).isEqualTo(Standing.UNCHECKED);
        detector.close();
        assertThat(scheduler.waitingTasks()).isZero();
    }

    @Test
    void anEndpointThatIsBackBeforeItsLastAttemptEndedIsHeardAsBefore() {
        OutlierDetector detector = detector("");
        EndpointState[] all = observed(detector, 4);
        detector.remove(all[1], List.of(all[1]));
        detector.add(all[1]);
        fail(all[1], Fault.GATEWAY, 5);

        assertThat(ejected(all)).containsExactly(all[1]);
    }

    @Test
    void otherThresholdsLeaveEjectionsAloneAndNoneAtAllEndThem() {
        OutlierDetector detector = detector("");
        EndpointState[] all = observed(detector, 4);
        fail(all[1], Fault.GATEWAY, 5);
        detector.configure(config("gateway-failures: 2"));
        fail(all[2], Fault.GATEWAY, 2);
        assertThat(ejected(all)).containsExactly(all[1], all[2]);

        detector.configure(config("max-ejected-percent: 0"));
        assertThat(ejected(all)).isEmpty();
    }

    @Test
    void ejectionsAreCountedByReason() {
        OutlierDetector detector = detector("");
        EndpointState[] all = observed(detector, 4);
        fail(all[0], Fault.CONNECT, 3);
        fail(all[1], Fault.GATEWAY, 5);

        assertThat(detector.counts())
                .containsEntry(EjectionReason.CONNECT_FAILURES, 1L)
                .containsEntry(EjectionReason.GATEWAY_FAILURES, 1L)
                .containsEntry(EjectionReason.SUCCESS_RATE, 0L);
    }

    /** How long the next ejection of the second endpoint lasts; it is over afterwards. */
    private Duration sentence(EndpointState[] all) {
        fail(all[1], Fault.GATEWAY, 5);
        Instant until = all[1].standing().ejection().orElseThrow().until();
        Duration lasts = Duration.between(scheduler.now(), until);
        scheduler.advance(lasts);
        return lasts;
    }

    private EndpointState[] observed(int count, String outliers) {
        return observed(detector(outliers), count);
    }

    private static EndpointState[] observed(OutlierDetector detector, int count) {
        EndpointState[] all = Endpoints.states(count);
        for (EndpointState each : all) {
            each.observers(List.of(detector.observe(each)));
            detector.add(each);
        }
        return all;
    }

    private OutlierDetector detector(String outliers) {
        return new OutlierDetector(config(outliers), scheduler, heard);
    }

    private static OutlierConfig config(String outliers) {
        return Configs.upstream("outlier-detection: { " + outliers + " }").outlierDetection();
    }

    private static void succeed(EndpointState endpoint, int times, long headNanos) {
        attempt(endpoint, times, permit -> permit.success(headNanos));
    }

    private static void fail(EndpointState endpoint, Fault fault, int times) {
        attempt(endpoint, times, permit -> permit.dropped(fault));
    }

    private static void attempt(EndpointState endpoint, int times, Consumer<Permit> end) {
        Permit permit = new Permit();
        for (int i = 0; i < times; i++) {
            permit.begin(endpoint);
            end.accept(permit);
        }
    }

    private static List<EndpointState> ejected(EndpointState... all) {
        return Stream.of(all)
                .filter(each -> each.standing().ejection().isPresent())
                .toList();
    }
}
