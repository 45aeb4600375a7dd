package io.evenkeel.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.config.AccessLogConfig;
import io.evenkeel.config.PoolConfig;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.config.UpstreamTimeouts;
import io.evenkeel.proxy.loop.LoopClock;
import io.evenkeel.proxy.loop.Transport;
import io.evenkeel.proxy.telemetry.LoopTelemetry;
import io.evenkeel.proxy.telemetry.Telemetry;
import io.evenkeel.proxy.testing.RecordEdit;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** An event loop with pools on it and an endpoint for them to connect to. */
class PoolFixture {

    static final long ANY = Long.MAX_VALUE;
    static final Duration LONG = Duration.ofHours(1);
    static final Duration INSTANT = Duration.ofNanos(1);

    final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, Transport.NIO.ioHandler());
    final EventLoop loop = group.next();
    final LoopTelemetry telemetry = new Telemetry(1, AccessLogConfig.defaults()).loop(0);
    final LoopClock clock = new LoopClock(loop);
    final Listening endpoint = Listening.start();
    final EndpointState state = endpoint.state();

    @AfterEach
    void stop() {
        endpoint.close();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    LoopPools pools(int eventLoops) {
        Connector connector = new Connector(loop, Transport.NIO);
        return new LoopPools(new PoolContext(connector, clock, telemetry, eventLoops), Http1Pool::new);
    }

    EndpointPool pool(PoolConfig config) {
        return onLoop(() -> pools(1).pool(state, upstream(config)));
    }

    static UpstreamConfig upstream(PoolConfig pool) {
        UpstreamTimeouts defaults = UpstreamTimeouts.defaults();
        UpstreamTimeouts timeouts = new UpstreamTimeouts(
                Duration.ofMillis(200), defaults.pending(), defaults.responseHead(), defaults.idle(), defaults.total());
        return RecordEdit.with(RecordEdit.with(UpstreamConfig.of("u", List.of()), "pool", pool), "timeouts", timeouts);
    }

    static PoolConfig limits(int connections, int pending, int idle) {
        return new PoolConfig(connections, pending, idle, LONG, Duration.ofSeconds(1), LONG, 1024);
    }

    static PoolConfig ages(Duration idleTimeout, Duration maxAge) {
        return new PoolConfig(8, 8, 8, idleTimeout, Duration.ofSeconds(1), maxAge, 1024);
    }

    <T> T onLoop(Callable<T> task) {
        return loop.submit(task).syncUninterruptibly().getNow();
    }

    void runOnLoop(Runnable task) {
        loop.submit(task).syncUninterruptibly();
    }

    /** Asks for a connection and does not wait for it. */
    Waiting ask(EndpointPool pool) {
        Waiting user = new Waiting();
        runOnLoop(() -> pool.acquire(user, ANY));
        return user;
    }

    Waiting acquire(EndpointPool pool) {
        Waiting user = ask(pool);
        await().until(() -> !user.outcomes.isEmpty());
        assertThat(user.outcomes).singleElement().isInstanceOf(UpstreamConnection.class);
        return user;
    }

    void recycle(Waiting user) {
        runOnLoop(user.connection()::recycle);
    }

    Socket accepted(int index) {
        await().until(() -> endpoint.accepted().size() > index);
        return endpoint.accepted().get(index);
    }

    static void assertClosed(Socket socket) throws IOException {
        socket.setSoTimeout(10_000);
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }

    static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    void assertConnections(int count) {
        accepted(count - 1);
        assertThat(endpoint.accepted()).hasSize(count);
    }
}
