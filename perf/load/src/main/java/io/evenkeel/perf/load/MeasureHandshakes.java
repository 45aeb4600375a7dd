package io.evenkeel.perf.load;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Makes TLS handshakes, a connection and a request each, as fast as they are answered.
 *
 * <pre>MeasureHandshakes PATH PORT VERSION full|resumed CONNECTIONS SECONDS</pre>
 *
 * <p>Prints {@code result REQUESTS BODY-BYTES DURATION-µs ERRORS P50-µs P99-µs}, where the times are those of whole connections.
 * In a run of resumed sessions, a connection that is not resumed is an error, but for the first of each slot; in one of full handshakes,
 * one that is resumed.
 */
final class MeasureHandshakes {

    private final Histogram nanos = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
    private final CountDownLatch ended;
    private final long[] begun;
    private long untilNanos;
    private long bytes;
    private long errors;
    private int open;

    private MeasureHandshakes(int connections) {
        this.ended = new CountDownLatch(1);
        this.begun = new long[connections];
    }

    public static void main(String[] args) throws Exception {
        InetSocketAddress to = Loopback.address(1, Integer.parseInt(args[1]));
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        EventLoop loop = group.next();
        HandshakeClient client = new HandshakeClient(loop, to, args[0], args[2], args[3].equals("resumed"));
        MeasureHandshakes run = new MeasureHandshakes(Integer.parseInt(args[4]));
        long began = System.nanoTime();
        run.untilNanos = began + TimeUnit.SECONDS.toNanos(Long.parseLong(args[5]));
        loop.execute(() -> run.begin(client));
        run.ended.await();
        run.print(System.nanoTime() - began);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private void begin(HandshakeClient client) {
        for (open = 0; open < begun.length; open++) {
            begun[open] = System.nanoTime();
            new HandshakeSlot(open, client, this).open();
        }
    }

    /** A slot's connection is closed; the next is opened while there is time. */
    void onEnd(HandshakeSlot slot, long bodyBytes, @Nullable Throwable failure) {
        long now = System.nanoTime();
        if (failure == null) {
            nanos.recordValue(now - begun[slot.number()]);
            bytes += bodyBytes;
        } else if (errors++ == 0) {
            System.out.println("first error: " + failure);
        }
        if (now < untilNanos) {
            begun[slot.number()] = now;
            slot.open();
        } else if (--open == 0) {
            ended.countDown();
        }
    }

    private void print(long elapsedNanos) {
        System.out.printf(
                "result %d %d %d %d %d %d%n",
                nanos.getTotalCount(),
                bytes,
                TimeUnit.NANOSECONDS.toMicros(elapsedNanos),
                errors,
                TimeUnit.NANOSECONDS.toMicros(nanos.getValueAtPercentile(50)),
                TimeUnit.NANOSECONDS.toMicros(nanos.getValueAtPercentile(99)));
    }
}
