package io.evenkeel.proxy.listener;

import io.evenkeel.balancer.EndpointListener;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.proxy.exchange.LoopContext;
import io.evenkeel.proxy.loop.DeadlineWheel;
import io.evenkeel.proxy.loop.LoopClock;
import io.evenkeel.proxy.loop.LoopShare;
import io.evenkeel.proxy.loop.Transport;
import io.evenkeel.proxy.multiplex.Http2Pools;
import io.evenkeel.proxy.overload.OverloadState;
import io.evenkeel.proxy.tcp.TcpLoop;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.telemetry.LoopTelemetry;
import io.evenkeel.proxy.telemetry.Side;
import io.evenkeel.proxy.telemetry.Telemetry;
import io.evenkeel.proxy.tls.UpstreamTlsTable;
import io.evenkeel.proxy.upstream.Connector;
import io.evenkeel.proxy.upstream.LoopPools;
import io.evenkeel.proxy.upstream.PoolContext;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The event loops of the data plane, each with what its exchanges share. All methods may be called from any thread. */
public final class EventLoops implements EndpointListener, AutoCloseable {

    private static final long SWEEP_MILLIS = 1_000;
    private static final long CLOSE_SECONDS = 5;
    private static final long LEAVE_NANOS = 1_000_000_000;
    private static final long POLL_NANOS = 1_000_000;

    private final Transport transport;
    private final EventLoopGroup group;
    private final OverloadState overload;
    private final Telemetry telemetry;
    private final List<Member> members = new ArrayList<>();
    private final UpstreamTlsTable upstreamTls = new UpstreamTlsTable();

    /** An event loop and what belongs to it; everything but the loop is confined to it. */
    record Member(
            EventLoop loop,
            LoopContext context,
            LoopPools pools,
            DeadlineWheel deadlines,
            TcpLoop tcp,
            Acceptors acceptors) {

        void interrupt(EndpointState endpoint, Failure failure) {
            pools.interrupt(endpoint, failure);
            tcp.interrupt(endpoint, failure);
        }

        void abandon(EndpointState endpoint) {
            pools.abandon(endpoint);
            tcp.abandon(endpoint);
        }
    }

    /** @param count how many loops, each one thread; as many as {@code telemetry} has */
    public EventLoops(int count, Transport transport, Telemetry telemetry, OverloadState overload) {
        this.transport = transport;
        this.overload = overload;
        this.telemetry = telemetry;
        this.group = new MultiThreadIoEventLoopGroup(
                count, new DefaultThreadFactory("evenkeel-loop", true), transport.ioHandler());
        SplittableRandom random = new SplittableRandom();
        for (int i = 0; i < count; i++) {
            members.add(member(telemetry.loop(i), random.split(), new LoopShare(i, count)));
        }
    }

    private Member member(LoopTelemetry telemetry, SplittableRandom random, LoopShare share) {
        EventLoop loop = group.next();
        LoopClock clock = new LoopClock(loop);
        DeadlineWheel deadlines = new DeadlineWheel(System.nanoTime());
        Connector connector = new Connector(loop, transport, upstreamTls);
        LoopPools pools = new LoopPools(new PoolContext(connector, clock, telemetry, share.loops()), new Http2Pools());
        LoopContext context =
                new LoopContext(clock, deadlines, telemetry, pools, InstantSource.system(), random, share, overload);
        loop.scheduleAtFixedRate(
                () -> deadlines.advance(clock.nanos()),
                DeadlineWheel.TICK_NANOS,
                DeadlineWheel.TICK_NANOS,
                TimeUnit.NANOSECONDS);
        loop.scheduleAtFixedRate(pools::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
        TcpLoop tcp = new TcpLoop(clock, deadlines, telemetry, connector, random.split(), share);
        return new Member(loop, context, pools, deadlines, tcp, new Acceptors());
    }

    /** How connections to endpoints are encrypted. */
    public UpstreamTlsTable upstreamTls() {
        return upstreamTls;
    }

    /** The loops themselves, to have tasks run on them. */
    public List<EventLoop> loops() {
        return members.stream().map(Member::loop).toList();
    }

    /** Has every listening socket look anew at whether it may accept connections. */
    public void refreshAcceptors() {
        for (Member member : members) {
            member.loop().execute(member.acceptors()::refresh);
        }
    }

    List<Member> members() {
        return members;
    }

    public Transport transport() {
        return transport;
    }

    @Override
    public void onAdded(EndpointState endpoint) {
        // a pool is made when the first request goes there
    }

    @Override
    public void onRemoved(EndpointState endpoint) {
        for (Member member : members) {
            member.loop().execute(() -> member.pools().retire(endpoint));
        }
    }

    @Override
    public void onDrainExpired(EndpointState endpoint) {
        for (Member member : members) {
            member.loop().execute(() -> member.interrupt(endpoint, Failure.DRAINED));
        }
    }

    @Override
    public void onUnfit(EndpointState endpoint) {
        for (Member member : members) {
            member.loop().execute(() -> member.abandon(endpoint));
        }
    }

    /** From now on every response ends its connection. */
    public void drain() {
        for (Member member : members) {
            member.loop().execute(member.context()::drain);
        }
    }

    /** TLS connections take leave of their endpoints before they close: a loop that is gone by then frees nothing of theirs. */
    private void awaitUpstreamConnections() {
        long beginNanos = System.nanoTime();
        while (telemetry.open(Side.UPSTREAM) > 0 && System.nanoTime() - beginNanos < LEAVE_NANOS) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    @Override
    public void close() {
        for (Member member : members) {
            member.loop().execute(member.pools()::close);
            member.loop().execute(member.tcp()::close);
        }
        awaitUpstreamConnections();
        group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
        upstreamTls.close();
    }
}
