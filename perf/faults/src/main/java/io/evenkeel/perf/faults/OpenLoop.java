package io.evenkeel.perf.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Clients that send at the rate they are told to, whatever becomes of what they sent: a request takes an idle connection or opens
 * another. Latencies count from the time each request was due (no coordinated omission).
 *
 * <p>Threading: everything happens on its event loop, the consumer's calls too; its public methods may be called from any other thread.
 */
final class OpenLoop implements AutoCloseable {

    /** When a client gives up, s: longer than every time-out of the proxies. */
    static final int PATIENCE_SECONDS = 10;

    /** How often hung requests and connections that nobody needs are looked for, ms. */
    private static final long LOOK_MILLIS = 100;

    /** Most connections at once; a request too many waits, and its waiting counts. */
    private static final int MAX_CONNECTIONS = 8_192;

    private final EventLoop loop;
    private final List<InetSocketAddress> targets;
    private final Consumer<Request> ended;
    private final SplittableRandom random;
    private final ByteBuf get;
    private final ByteBuf post;
    private final int postPercent;
    private final ArrayDeque<LoadConnection> idle = new ArrayDeque<>();
    private final ArrayDeque<Request> waiting = new ArrayDeque<>();
    private final ArrayDeque<Request> sent = new ArrayDeque<>();
    private final AtomicLong count = new AtomicLong();
    private final Runnable pace = this::sendDue;
    private int connections;
    private int nextTarget;
    private long intervalNanos;
    private long nextDueNanos;
    private int turn;

    /** What is sent, and where to. Addresses are used in turn, except that connections are kept. */
    record Plan(List<InetSocketAddress> targets, String path, int postPercent, int postBytes) {}

    OpenLoop(EventLoop loop, Plan plan, SplittableRandom random, Consumer<Request> ended) {
        this.loop = loop;
        this.targets = plan.targets();
        this.ended = ended;
        this.random = random;
        this.postPercent = plan.postPercent();
        get = octets("GET " + plan.path() + " HTTP/1.1\r\nHost: faults\r\n\r\n", 0);
        post = octets(
                "POST " + plan.path() + " HTTP/1.1\r\nHost: faults\r\nContent-Length: " + plan.postBytes() + "\r\n\r\n",
                plan.postBytes());
        loop.scheduleAtFixedRate(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** On the heap, where it needs no release. */
    private static ByteBuf octets(String head, int bodyBytes) {
        ByteBuf all =
                Unpooled.wrappedBuffer(new byte[head.length() + bodyBytes]).clear();
        all.writeCharSequence(head, ISO_8859_1);
        Pattern.write(all, bodyBytes);
        return all;
    }

    /** Sends so many requests a second from now on; 0 stops. */
    void rate(double perSecond) {
        loop.submit(() -> {
                    turn++;
                    intervalNanos = perSecond == 0 ? 0 : (long) (1e9 / perSecond);
                    nextDueNanos = System.nanoTime();
                    sendDue();
                })
                .syncUninterruptibly();
    }

    /** Requests that were due so far. */
    long count() {
        return count.get();
    }

    /** Whether every request has ended. */
    boolean isDrained() {
        return loop.submit(() -> sent.stream().allMatch(request -> request.ending != null))
                .syncUninterruptibly()
                .getNow();
    }

    /** Stops, and closes the connections that are idle. It may be begun again. */
    @Override
    public void close() {
        rate(0);
        loop.submit(() -> List.copyOf(idle).forEach(LoadConnection::close)).syncUninterruptibly();
    }

    private void sendDue() {
        if (intervalNanos == 0) {
            return;
        }
        long now = System.nanoTime();
        while (nextDueNanos <= now) {
            Request request = new Request(nextDueNanos, random.nextInt(100) < postPercent);
            nextDueNanos += intervalNanos;
            sent.add(request);
            count.incrementAndGet();
            send(request);
        }
        int mine = turn;
        loop.schedule(() -> resume(mine), nextDueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    /** Only the timer of the present rate goes on. */
    private void resume(int ofTurn) {
        if (ofTurn == turn) {
            pace.run();
        }
    }

    private void send(Request request) {
        LoadConnection connection = idle.pollLast();
        if (connection != null) {
            connection.send(request);
        } else if (connections < MAX_CONNECTIONS) {
            open(request);
        } else {
            waiting.add(request);
        }
    }

    private void open(Request request) {
        connections++;
        LoadConnection connection = new LoadConnection(this, request);
        new Bootstrap()
                .group(loop)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(connection)
                .connect(targets.get(nextTarget++ % targets.size()))
                .addListener(connects -> {
                    if (!connects.isSuccess()) {
                        onLost(connection, request);
                    }
                });
    }

    /** The octets to send; the caller's to release. */
    ByteBuf octets(Request request) {
        return (request.unsafe ? post : get).retainedDuplicate();
    }

    void onAnswer(LoadConnection connection, Request request, Ending ending) {
        end(request, ending);
        Request next = waiting.poll();
        if (next == null) {
            idle.add(connection);
        } else {
            connection.send(next);
        }
    }

    /** A connection is gone, with an unanswered request or without. */
    void onLost(LoadConnection connection, @Nullable Request request) {
        connections--;
        idle.remove(connection);
        if (request != null) {
            end(request, Ending.BROKEN);
        }
        Request next = waiting.poll();
        if (next != null) {
            open(next);
        }
    }

    void end(Request request, Ending ending) {
        if (request.ending == null) {
            request.ending = ending;
            request.endNanos = System.nanoTime();
            ended.accept(request);
        }
    }

    private void look() {
        long oldestNanos = System.nanoTime() - TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!sent.isEmpty() && (head().ending != null || head().dueNanos - oldestNanos < 0)) {
            Request request = sent.remove();
            if (request.ending == null) {
                end(request, Ending.HUNG);
                waiting.remove(request);
                if (request.connection != null) {
                    request.connection.close();
                }
            }
        }
    }

    private Request head() {
        return Objects.requireNonNull(sent.peek());
    }
}
