package io.evenkeel.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.config.UpstreamConfig;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class Http1PoolAgeTest extends PoolFixture {

    @Test
    void aConnectionThatIdledTooLongForTheRequestIsLeft() {
        EndpointPool pool = pool(limits(8, 8, 8));
        Waiting first = acquire(pool);
        recycle(first);
        Waiting fresh = new Waiting();
        runOnLoop(() -> pool.acquire(fresh, -1));
        await().until(() -> !fresh.outcomes.isEmpty());

        assertThat(fresh.connection()).isNotSameAs(first.connection());
        assertThat(acquire(pool).connection()).isSameAs(first.connection());
    }

    /** Otherwise the request waits for a connection to become free while free ones idle. */
    @Test
    void anIdleConnectionMakesRoomForAFreshOne() throws IOException {
        EndpointPool pool = pool(limits(2, 0, 8));
        Waiting used = acquire(pool);
        recycle(acquire(pool));
        Waiting fresh = new Waiting();
        runOnLoop(() -> pool.acquire(fresh, -1));
        await().until(() -> !fresh.outcomes.isEmpty());

        assertThat(fresh.connection().reused()).isFalse();
        assertThat(used.received).isEmpty();
        assertConnections(3);
        assertClosed(accepted(1));
    }

    @Test
    void idleConnectionsBeyondTheLimitAreClosed() throws IOException {
        EndpointPool pool = pool(limits(8, 8, 1));
        Waiting first = acquire(pool);
        Waiting second = acquire(pool);
        recycle(first);
        recycle(second);
        assertClosed(accepted(1));

        assertThat(acquire(pool).connection()).isSameAs(first.connection());
    }

    @Test
    void idleConnectionsExpire() throws IOException {
        EndpointPool pool = pool(ages(INSTANT, LONG));
        Waiting kept = acquire(pool);
        recycle(acquire(pool));
        runOnLoop(pool::sweep);
        assertClosed(accepted(1));

        assertThat(kept.received).isEmpty();
        await().untilAsserted(() -> assertThat(onLoop(pool::unused)).isFalse());
    }

    @Test
    void idleConnectionsThatAreYoungStay() {
        EndpointPool pool = pool(ages(LONG, LONG));
        Waiting first = acquire(pool);
        recycle(first);
        runOnLoop(pool::sweep);

        assertThat(acquire(pool).connection()).isSameAs(first.connection());
    }

    @Test
    void aConnectionThatIsTooOldIsNotRecycled() throws IOException {
        EndpointPool pool = pool(ages(LONG, INSTANT));
        recycle(acquire(pool));

        assertClosed(accepted(0));
    }

    @Test
    void connectionsOpenedTogetherDoNotAgeTogether() {
        EndpointPool pool = pool(ages(LONG, LONG));
        long base = onLoop(clock::batchNanos);
        List<Long> ages = Stream.generate(() -> ((Http1Connection) acquire(pool).connection()).retireAtNanos() - base)
                .limit(8)
                .toList();

        assertThat(ages).doesNotHaveDuplicates().allSatisfy(age -> assertThat(age)
                .isBetween(LONG.toNanos() * 9 / 10, LONG.toNanos() * 11 / 10 + 60_000_000_000L));
    }

    @Test
    void aRetiredEndpointLosesIdleConnectionsNowAndOthersWhenTheyAreDone() throws IOException {
        EndpointPool pool = pool(limits(8, 8, 8));
        Waiting used = acquire(pool);
        recycle(acquire(pool));
        runOnLoop(pool::retire);
        assertClosed(accepted(1));
        assertThat(used.received).isEmpty();
        recycle(used);
        assertClosed(accepted(0));

        await().until(() -> onLoop(pool::unused));
    }

    @Test
    void anEndpointThatIsBackKeepsItsConnectionsAgain() {
        EndpointPool pool = pool(limits(8, 8, 8));
        Waiting first = acquire(pool);
        runOnLoop(pool::retire);
        runOnLoop(() -> pool.configure(upstream(limits(8, 8, 8))));
        recycle(first);

        assertThat(acquire(pool).connection()).isSameAs(first.connection());
    }

    @Test
    void aPoolIsTheSameUntilNothingIsInIt() {
        LoopPools pools = pools(1);
        UpstreamConfig config = upstream(ages(INSTANT, LONG));
        EndpointPool pool = onLoop(() -> pools.pool(state, config));
        Waiting user = acquire(pool);
        runOnLoop(pools::sweep);
        assertThat(onLoop(() -> pools.pool(state, config))).isSameAs(pool);
        recycle(user);
        runOnLoop(pools::sweep);

        await().until(() -> onLoop(pool::unused));
        runOnLoop(pools::sweep);
        assertThat(onLoop(() -> pools.pool(state, config))).isNotSameAs(pool);
    }

    @Test
    void closingThePoolsClosesWhatIdles() throws IOException {
        LoopPools pools = pools(1);
        recycle(acquire(onLoop(() -> pools.pool(state, upstream(limits(8, 8, 8))))));
        runOnLoop(pools::close);

        assertClosed(accepted(0));
    }
}
