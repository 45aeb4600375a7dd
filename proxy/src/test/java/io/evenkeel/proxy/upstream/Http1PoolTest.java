package io.evenkeel.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.proxy.telemetry.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class Http1PoolTest extends PoolFixture {

    @Test
    void theConnectionUsedLastIsUsedAgainFirst() {
        EndpointPool pool = pool(limits(8, 8, 8));
        Waiting first = acquire(pool);
        Waiting second = acquire(pool);
        assertThat(first.connection().reused()).isFalse();
        recycle(first);
        recycle(second);

        assertThat(acquire(pool).connection()).isSameAs(second.connection());
        assertThat(acquire(pool).connection()).isSameAs(first.connection());
        assertThat(first.connection().reused()).isTrue();
        assertConnections(2);
    }

    @Test
    void anIdleConnectionIsHandedOverAtOnce() {
        EndpointPool pool = pool(limits(8, 8, 8));
        recycle(acquire(pool));

        boolean atOnce = onLoop(() -> {
            Waiting user = new Waiting();
            pool.acquire(user, ANY);
            return !user.outcomes.isEmpty();
        });

        assertThat(atOnce).isTrue();
    }

    @Test
    void whoHasWaitedLongestIsServedFirst() {
        EndpointPool pool = pool(limits(1, 8, 8));
        Waiting first = acquire(pool);
        Waiting second = ask(pool);
        Waiting third = ask(pool);
        assertThat(second.outcomes).isEmpty();

        recycle(first);
        assertThat(second.outcomes).containsExactly(first.connection());
        assertThat(third.outcomes).isEmpty();
        recycle(second);
        assertThat(third.outcomes).containsExactly(first.connection());
        assertConnections(1);
    }

    @Test
    void whoWouldWaitBeyondTheLimitIsRefusedAtOnce() {
        EndpointPool pool = pool(limits(1, 1, 8));
        acquire(pool);
        Waiting waits = ask(pool);

        assertThat(ask(pool).outcomes).containsExactly(Failure.PENDING_OVERFLOW);
        assertThat(waits.outcomes).isEmpty();
    }

    @Test
    void whoeverHasAConnectionUnderWayIsNotPending() {
        EndpointPool pool = pool(limits(2, 0, 8));
        Waiting[] users = {new Waiting(), new Waiting(), new Waiting()};
        runOnLoop(() -> {
            for (Waiting user : users) {
                pool.acquire(user, ANY);
            }
        });

        assertThat(users[2].outcomes).containsExactly(Failure.PENDING_OVERFLOW);
        await().until(() -> users[0].outcomes.size() == 1 && users[1].outcomes.size() == 1);
        assertThat(users[0].connection()).isNotSameAs(users[1].connection());
    }

    @Test
    void eachEventLoopHasItsShareOfTheLimits() {
        EndpointPool pool = onLoop(() -> pools(2).pool(state, upstream(limits(3, 1, 8))));
        acquire(pool);
        acquire(pool);
        Waiting waits = ask(pool);

        assertThat(waits.outcomes).isEmpty();
        assertThat(ask(pool).outcomes).containsExactly(Failure.PENDING_OVERFLOW);
    }

    @Test
    void aRefusedConnectFailsOnlyWhoWaitedForIt() {
        EndpointPool pool = pool(limits(8, 8, 8));
        Waiting connected = acquire(pool);
        endpoint.refuse();
        Waiting refused = ask(pool);

        await().until(() -> !refused.outcomes.isEmpty());
        assertThat(refused.outcomes).containsExactly(Failure.CONNECT_FAILED);
        assertThat(connected.received).isEmpty();
        recycle(connected);
        assertThat(acquire(pool).connection()).isSameAs(connected.connection());
    }

    @Test
    void everyoneWhoWaitsForARefusedConnectFailsOnce() {
        endpoint.refuse();
        EndpointPool pool = pool(limits(1, 8, 8));
        List<Waiting> users = List.of(ask(pool), ask(pool), ask(pool));

        await().until(() -> users.stream().allMatch(user -> user.outcomes.size() == 1));
        assertThat(users).allSatisfy(user -> assertThat(user.outcomes).containsExactly(Failure.CONNECT_FAILED));
        assertThat(onLoop(pool::unused)).isTrue();
    }

    @Test
    void aConnectThatIsNotAnsweredTimesOut() {
        try (Listening deaf = Listening.deaf()) {
            EndpointPool pool = onLoop(() -> pools(1).pool(deaf.state(), upstream(limits(64, 64, 64))));
            List<Waiting> users = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                users.add(ask(pool));
            }
            await().until(() -> users.stream().allMatch(user -> user.outcomes.size() == 1));

            assertThat(users).anySatisfy(user -> assertThat(user.outcomes).containsExactly(Failure.CONNECT_TIMEOUT));
            runOnLoop(() -> users.stream()
                    .filter(user -> user.outcomes.get(0) instanceof UpstreamConnection)
                    .forEach(user -> user.connection().discard()));
        }
    }

    @Test
    void whoGivesUpWaitingIsNotServed() {
        EndpointPool pool = pool(limits(1, 8, 8));
        Waiting first = acquire(pool);
        Waiting gone = ask(pool);
        Waiting stays = ask(pool);
        runOnLoop(() -> pool.cancel(gone));
        recycle(first);

        assertThat(gone.outcomes).isEmpty();
        assertThat(stays.outcomes).containsExactly(first.connection());
    }

    @Test
    void aConnectionNobodyWaitsForAnyMoreIsKept() {
        EndpointPool pool = pool(limits(1, 8, 8));
        Waiting gone = new Waiting();
        runOnLoop(() -> {
            pool.acquire(gone, ANY);
            pool.cancel(gone);
        });
        Waiting next = acquire(pool);

        assertThat(gone.outcomes).isEmpty();
        assertThat(next.connection().reused()).isFalse();
        assertConnections(1);
    }

    @Test
    void whoeverWaitsForAnUnfitEndpointIsToldAndIdleConnectionsClose() throws IOException {
        EndpointPool pool = pool(limits(2, 8, 8));
        Waiting using = acquire(pool);
        Waiting done = acquire(pool);
        Waiting pending = ask(pool);
        runOnLoop(() -> pool.cancel(pending));
        Waiting waiting = ask(pool);
        runOnLoop(pool::abandon);
        assertThat(List.of(using, done, waiting))
                .allSatisfy(user -> assertThat(user.received).containsExactly("unfit"));
        assertThat(pending.received).isEmpty();

        runOnLoop(() -> pool.cancel(waiting));
        recycle(done);
        runOnLoop(pool::abandon);
        assertClosed(accepted(1));
        assertThat(done.received).containsExactly("unfit");
        assertThat(using.received).containsExactly("unfit", "unfit");
    }

    @Test
    void whoGivesItsConnectionUpWhenToldDisturbsNobodyElse() {
        EndpointPool pool = pool(limits(3, 8, 8));
        List<Waiting> told = List.of(new GivingUp(), new GivingUp(), new GivingUp());
        told.forEach(user -> {
            runOnLoop(() -> pool.acquire(user, ANY));
            await().until(() -> !user.outcomes.isEmpty());
        });
        runOnLoop(pool::abandon);

        assertThat(told).allSatisfy(user -> assertThat(user.received).containsExactly("unfit"));
        assertThat(onLoop(pool::unused)).isTrue();
    }

    /** Closes its connection when it hears that the endpoint is unfit. */
    private static final class GivingUp extends Waiting {
        @Override
        public void onEndpointUnfit() {
            super.onEndpointUnfit();
            connection().discard();
        }
    }
}
