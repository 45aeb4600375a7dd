package io.evenkeel.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.balancer.EndpointState;
import io.evenkeel.config.AccessLogConfig;
import io.evenkeel.config.BalancerConfig;
import io.evenkeel.config.PoolConfig;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.config.UpstreamTimeouts;
import io.evenkeel.proxy.loop.LoopClock;
import io.evenkeel.proxy.loop.Transport;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.telemetry.LoopTelemetry;
import io.evenkeel.proxy.telemetry.Telemetry;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EndpointPoolTest {

    private static final long ANY = Long.MAX_VALUE;
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration INSTANT = Duration.ofNanos(1);

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, Transport.NIO.ioHandler());
    private final EventLoop loop = group.next();
    private final LoopTelemetry telemetry = new Telemetry(1, AccessLogConfig.defaults()).loop(0);
    private final LoopClock clock = new LoopClock(loop);
    private final Listening endpoint = Listening.start();
    private final EndpointState state = endpoint.state();

    @AfterEach
    void stop() {
        endpoint.close();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private LoopPools pools(int eventLoops) {
        Connector connector = new Connector(loop, Transport.NIO);
        return new LoopPools(connector, clock, telemetry, eventLoops);
    }

    private EndpointPool pool(PoolConfig config) {
        return onLoop(() -> pools(1).pool(state, upstream(config)));
    }

    private static UpstreamConfig upstream(PoolConfig pool) {
        UpstreamTimeouts defaults = UpstreamTimeouts.defaults();
        UpstreamTimeouts timeouts = new UpstreamTimeouts(
                Duration.ofMillis(200), defaults.pending(), defaults.responseHead(), defaults.idle(), defaults.total());
        return new UpstreamConfig("u", BalancerConfig.defaults(), List.of(), pool, timeouts, 1);
    }

    private static PoolConfig limits(int connections, int pending, int idle) {
        return new PoolConfig(connections, pending, idle, LONG, Duration.ofSeconds(1), LONG, 1024);
    }

    private static PoolConfig ages(Duration idleTimeout, Duration maxAge) {
        return new PoolConfig(8, 8, 8, idleTimeout, Duration.ofSeconds(1), maxAge, 1024);
    }

    private <T> T onLoop(Callable<T> task) {
        return loop.submit(task).syncUninterruptibly().getNow();
    }

    private void runOnLoop(Runnable task) {
        loop.submit(task).syncUninterruptibly();
    }

    /** Asks for a connection and does not wait for it. */
    private Waiting ask(EndpointPool pool) {
        Waiting user = new Waiting();
        runOnLoop(() -> pool.acquire(user, ANY));
        return user;
    }

    private Waiting acquire(EndpointPool pool) {
        Waiting user = ask(pool);
        await().until(() -> !user.outcomes.isEmpty());
        assertThat(user.outcomes).singleElement().isInstanceOf(UpstreamConnection.class);
        return user;
    }

    private void recycle(Waiting user) {
        runOnLoop(user.connection()::recycle);
    }

    private Socket accepted(int index) {
        await().until(() -> endpoint.accepted().size() > index);
        return endpoint.accepted().get(index);
    }

    private static void assertClosed(Socket socket) throws IOException {
        socket.setSoTimeout(10_000);
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

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
        assertThat(endpoint.accepted()).hasSize(2);
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
        assertThat(endpoint.accepted()).hasSize(1);
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
            List<Waiting> users = new java.util.ArrayList<>();
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
        assertThat(endpoint.accepted()).hasSize(1);
    }

    @Test
    void bytesGoToTheUserAndNobodyElse() throws IOException {
        EndpointPool pool = pool(limits(1, 8, 8));
        Waiting first = acquire(pool);
        recycle(first);
        Waiting second = acquire(pool);
        send(accepted(0), "hello");

        await().until(() -> !second.received.isEmpty());
        assertThat(String.join("", second.received)).isEqualTo("hello");
        assertThat(first.received).isEmpty();
    }

    /** RFC 9112 §9.2: bytes that nobody asked for would be taken for the next response. */
    @Test
    void unsolicitedBytesCloseAnIdleConnection() throws IOException {
        EndpointPool pool = pool(limits(1, 8, 8));
        Waiting first = acquire(pool);
        recycle(first);
        send(accepted(0), "HTTP/1.1 408 Request Timeout\r\n\r\n");
        assertClosed(accepted(0));
        Waiting second = acquire(pool);

        assertThat(second.connection()).isNotSameAs(first.connection());
        assertThat(first.received).isEmpty();
        assertThat(second.received).isEmpty();
    }

    @Test
    void aConnectionThatTheEndpointClosedIsNotUsedAgain() throws IOException {
        EndpointPool pool = pool(limits(1, 8, 8));
        Waiting first = acquire(pool);
        recycle(first);
        accepted(0).close();
        await().until(() -> onLoop(pool::unused));

        assertThat(acquire(pool).connection()).isNotSameAs(first.connection());
    }

    /** The close of a channel is told in a later task; meanwhile the connection must not be lent. */
    @Test
    void aConnectionThatHasJustClosedIsNotUsedAgain() {
        EndpointPool pool = pool(limits(8, 8, 8));
        Waiting first = acquire(pool);
        recycle(first);
        Waiting second = new Waiting();
        runOnLoop(() -> {
            first.connection().channel().close();
            pool.acquire(second, ANY);
        });
        await().until(() -> !second.outcomes.isEmpty());

        assertThat(second.connection()).isNotSameAs(first.connection());
        assertThat(second.received).isEmpty();
    }

    @Test
    void aUserIsToldThatItsConnectionClosedAndOthersGetANewOne() throws IOException {
        EndpointPool pool = pool(limits(1, 8, 8));
        Waiting first = acquire(pool);
        Waiting second = ask(pool);
        accepted(0).close();

        await().until(() -> !second.outcomes.isEmpty());
        assertThat(first.received).containsExactly("closed");
        assertThat(second.connection()).isNotSameAs(first.connection());
    }

    /** RFC 9112 §8: what ends by a reset has not ended as it should. */
    @Test
    void aUserIsToldThatItsConnectionBroke() throws IOException {
        EndpointPool pool = pool(limits(1, 8, 8));
        Waiting user = acquire(pool);
        accepted(0).setSoLinger(true, 0);
        accepted(0).close();

        await().until(() -> !user.received.isEmpty());
        assertThat(user.received).containsExactly("broken");
    }

    @Test
    void aDiscardedConnectionIsClosedAndItsUserHearsNoMore() throws IOException {
        EndpointPool pool = pool(limits(1, 8, 8));
        Waiting first = acquire(pool);
        Waiting second = ask(pool);
        runOnLoop(first.connection()::discard);
        assertClosed(accepted(0));

        await().until(() -> !second.outcomes.isEmpty());
        assertThat(first.received).isEmpty();
    }

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
        assertThat(endpoint.accepted()).hasSize(3);
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
        List<Long> ages = java.util.stream.Stream.generate(
                        () -> acquire(pool).connection().retireAtNanos() - base)
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
