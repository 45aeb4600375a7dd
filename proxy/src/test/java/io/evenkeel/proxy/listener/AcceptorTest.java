package io.evenkeel.proxy.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.AccessLogConfig;
import io.evenkeel.proxy.exchange.LoopContext;
import io.evenkeel.proxy.loop.DeadlineWheel;
import io.evenkeel.proxy.loop.LoopClock;
import io.evenkeel.proxy.loop.LoopShare;
import io.evenkeel.proxy.loop.Transport;
import io.evenkeel.proxy.multiplex.Http2Pools;
import io.evenkeel.proxy.overload.OverloadState;
import io.evenkeel.proxy.telemetry.Telemetry;
import io.evenkeel.proxy.upstream.Connector;
import io.evenkeel.proxy.upstream.LoopPools;
import io.evenkeel.proxy.upstream.PoolContext;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A channel stands for the listening socket: whether it reads is whether connections are accepted. */
class AcceptorTest {

    private final Acceptors siblings = new Acceptors();
    private final EmbeddedChannel socket = new EmbeddedChannel();

    @BeforeEach
    void add() {
        socket.freezeTime();
        socket.pipeline().addLast(new Acceptor("web", context(), siblings));
    }

    @AfterEach
    void close() {
        socket.finishAndReleaseAll();
    }

    @Test
    void itAcceptsUnlessThereIsAReason() {
        assertThat(accepts()).isTrue();
    }

    @Test
    void afterTheKernelGaveNoneItWaitsForASecond() {
        fail();
        assertThat(accepts()).isFalse();
        siblings.refresh();
        assertThat(accepts()).isFalse();

        after(999);
        assertThat(accepts()).isFalse();
        after(1);
        assertThat(accepts()).isTrue();
    }

    @Test
    void failuresWhileItWaitsDoNotAddUp() {
        fail();
        fail();
        after(1_000);
        assertThat(accepts()).isTrue();
        after(1_000);
        assertThat(accepts()).isTrue();
    }

    @Test
    void aClosedSocketIsForgotten() {
        socket.close();
        siblings.refresh();

        assertThat(socket.isOpen()).isFalse();
        assertThat(accepts()).isTrue();
    }

    private void fail() {
        socket.pipeline().fireExceptionCaught(new IOException("Too many open files"));
    }

    private void after(long millis) {
        socket.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        socket.runScheduledPendingTasks();
    }

    private boolean accepts() {
        return socket.config().isAutoRead();
    }

    private LoopContext context() {
        LoopClock clock = new LoopClock(socket.eventLoop());
        var telemetry = new Telemetry(1, AccessLogConfig.defaults()).loop(0);
        LoopPools pools = new LoopPools(
                new PoolContext(new Connector(socket.eventLoop(), Transport.NIO), clock, telemetry, 1),
                new Http2Pools());
        return new LoopContext(
                clock,
                new DeadlineWheel(0),
                telemetry,
                pools,
                InstantSource.system(),
                new SplittableRandom(1),
                new LoopShare(0, 1),
                new OverloadState());
    }
}
