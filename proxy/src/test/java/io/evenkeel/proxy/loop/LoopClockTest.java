package io.evenkeel.proxy.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoopClockTest {

    private final EventLoop loop = new DefaultEventLoop();
    private final LoopClock clock = new LoopClock(loop);

    @AfterEach
    void stop() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static void letTimePass() {
        long then = System.nanoTime();
        while (System.nanoTime() == then) {
            Thread.onSpinWait();
        }
    }

    @Test
    void allEventsOfABatchSeeTheSameTime() throws Exception {
        long[] times = loop.submit(() -> {
                    long first = clock.batchNanos();
                    letTimePass();
                    return new long[] {first, clock.batchNanos(), clock.nanos()};
                })
                .get();

        assertThat(times[1]).isEqualTo(times[0]);
        assertThat(times[2]).isGreaterThan(times[1]);
    }

    @Test
    void theTimeOfABatchIsThatOfItsFirstLook() throws Exception {
        long before = System.nanoTime();
        long batch = loop.submit(clock::batchNanos).get();

        assertThat(batch).isBetween(before, System.nanoTime());
    }

    @Test
    void theNextBatchSeesALaterTime() throws Exception {
        long first = loop.submit(clock::batchNanos).get();
        letTimePass();
        loop.submit(() -> {}).get(); // what the first batch left behind has run before this
        long second = loop.submit(clock::batchNanos).get();

        assertThat(second).isGreaterThan(first);
    }
}
