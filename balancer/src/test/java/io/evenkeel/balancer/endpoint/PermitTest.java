package io.evenkeel.balancer.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.evenkeel.balancer.Endpoints;
import io.evenkeel.balancer.policy.LeastConnections;
import io.evenkeel.balancer.policy.LoadBalancer;
import io.evenkeel.balancer.policy.PickState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PermitTest {

    private static final int THREADS = 4;
    private static final int ATTEMPTS = 50_000;

    private final EndpointState endpoint = Endpoints.states(1)[0];
    private final Permit permit = new Permit();

    static Stream<Consumer<Permit>> ends() {
        return Stream.of(permit -> permit.success(-1), Permit::ignored, permit -> permit.dropped(Fault.GATEWAY));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void itCountsInFlightFromBeginToEnd(Consumer<Permit> end) {
        permit.begin(endpoint);
        assertThat(endpoint.inFlight()).isEqualTo(1);
        assertThat(endpoint.requests()).isEqualTo(1);
        assertThat(permit.endpoint()).isSameAs(endpoint);
        end.accept(permit);
        assertThat(endpoint.inFlight()).isZero();
        assertThat(endpoint.requests()).isEqualTo(1);
        assertThat(permit.endpoint()).isNull();
    }

    @ParameterizedTest
    @MethodSource("ends")
    void aSecondEndThrowsAndCountsNothing(Consumer<Permit> end) {
        permit.begin(endpoint);
        permit.success(-1);
        assertThatIllegalStateException().isThrownBy(() -> end.accept(permit));
        assertThat(endpoint.inFlight()).isZero();
        assertThat(endpoint.failures()).isZero();
    }

    @Test
    void aSecondBeginThrowsAndCountsNothing() {
        permit.begin(endpoint);
        assertThatIllegalStateException().isThrownBy(() -> permit.begin(endpoint));
        assertThat(endpoint.inFlight()).isEqualTo(1);
        assertThat(endpoint.requests()).isEqualTo(1);
    }

    @Test
    void onlyDroppedIsAFailure() {
        ends().forEach(end -> {
            permit.begin(endpoint);
            end.accept(permit);
        });
        assertThat(endpoint.failures()).isEqualTo(1);
        assertThat(endpoint.requests()).isEqualTo(3);
    }

    @Test
    void inFlightAndRequestsDoNotSpillIntoEachOther() {
        int many = 70_000;
        List<Permit> held = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            Permit one = new Permit();
            one.begin(endpoint);
            held.add(one);
        }
        assertThat(endpoint.inFlight()).isEqualTo(many);
        held.forEach(permit -> permit.success(-1));
        assertThat(endpoint.inFlight()).isZero();
        assertThat(endpoint.requests()).isEqualTo(many);
    }

    @Test
    void noCountIsLostBetweenThreads() throws Exception {
        EndpointState[] endpoints = Endpoints.states(3);
        LoadBalancer balancer = new LeastConnections(endpoints);
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Integer>> dropped = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                long seed = thread;
                dropped.add(executor.submit(() -> attempts(balancer, seed)));
            }
            long failures = 0;
            for (Future<Integer> future : dropped) {
                failures += future.get();
            }
            assertThat(endpoints).allSatisfy(e -> assertThat(e.inFlight()).isZero());
            assertThat(Stream.of(endpoints).mapToLong(EndpointState::requests).sum())
                    .isEqualTo((long) THREADS * ATTEMPTS);
            assertThat(Stream.of(endpoints).mapToLong(EndpointState::failures).sum())
                    .isEqualTo(failures);
        } finally {
            executor.shutdownNow();
        }
    }

    /** Up to 32 attempts in flight at a time, ended at random; tells how many were dropped. */
    private static int attempts(LoadBalancer balancer, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        PickState state = new PickState(seed);
        Permit[] permits = Stream.generate(Permit::new).limit(32).toArray(Permit[]::new);
        int dropped = 0;
        int begun = 0;
        while (begun < ATTEMPTS) {
            Permit permit = permits[random.nextInt(permits.length)];
            if (permit.endpoint() == null) {
                permit.begin(Objects.requireNonNull(balancer.pick(state, LoadBalancer.NO_KEY, Endpoints.UNTRIED)));
                begun++;
            } else {
                dropped += end(permit, random.nextInt(3));
            }
        }
        for (Permit permit : permits) {
            dropped += permit.endpoint() == null ? 0 : end(permit, random.nextInt(3));
        }
        return dropped;
    }

    private static int end(Permit permit, int how) {
        switch (how) {
            case 0 -> permit.success(-1);
            case 1 -> permit.ignored();
            default -> permit.dropped(Fault.GATEWAY);
        }
        return how == 2 ? 1 : 0;
    }

    @Test
    void itIsTakenOnlyWhereTheEndpointHasRoom() {
        endpoint.limit(1);
        Permit second = new Permit();
        assertThat(permit.tryBegin(endpoint)).isTrue();
        assertThat(second.tryBegin(endpoint)).isFalse();
        assertThat(second.endpoint()).isNull();
        assertThat(endpoint.inFlight()).isEqualTo(1);
        assertThat(endpoint.requests()).isEqualTo(1);
        permit.ignored();
        assertThat(second.tryBegin(endpoint)).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> second.tryBegin(endpoint));
        second.ignored();
    }

    @Test
    void itIsNeverTakenBeyondTheLimitWhateverOtherLoopsDo() throws Exception {
        endpoint.limit(2);
        AtomicInteger atWork = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                ends.add(threads.submit(() -> takeOverAndOver(atWork, most)));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(most.get()).isBetween(1, 2);
        assertThat(endpoint.inFlight()).isZero();
    }

    private void takeOverAndOver(AtomicInteger atWork, AtomicInteger most) {
        Permit own = new Permit();
        for (int i = 0; i < ATTEMPTS; i++) {
            if (own.tryBegin(endpoint)) {
                int now = atWork.incrementAndGet();
                most.accumulateAndGet(now, Math::max);
                atWork.decrementAndGet();
                own.ignored();
            }
        }
    }

    @Test
    void backPressureIsNoFailure() {
        permit.begin(endpoint);
        permit.dropped(Fault.BACK_PRESSURE);
        assertThat(endpoint.failures()).isZero();
        permit.begin(endpoint);
        permit.dropped(Fault.CONNECT);
        assertThat(endpoint.failures()).isEqualTo(1);
    }
}
