package io.evenkeel.proxy.tcp;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.limit.RetryBudget;
import io.evenkeel.balancer.policy.PickState;
import io.evenkeel.proxy.loop.DeadlineWheel;
import io.evenkeel.proxy.loop.LoopClock;
import io.evenkeel.proxy.loop.LoopShare;
import io.evenkeel.proxy.telemetry.ExchangeRecord;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.telemetry.LoopTelemetry;
import io.evenkeel.proxy.telemetry.UpstreamMeter;
import io.evenkeel.proxy.upstream.Connector;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** What all TCP connections of one event loop share, and the list of them. Event-loop confined. */
public final class TcpLoop {

    final LoopClock clock;
    final DeadlineWheel deadlines;
    final LoopTelemetry telemetry;
    final Connector connector;
    final InstantSource wallClock = InstantSource.system();
    final TcpFailureLog failureLog;
    final ExchangeRecord record = new ExchangeRecord();
    final ConnectionList connections = new ConnectionList();
    final Pipes pipes = new Pipes();

    private final LoopShare share;
    private final SplittableRandom random;
    private final Map<String, PickState> picks = new HashMap<>();
    private final Map<String, RetryBudget> budgets = new HashMap<>();

    public TcpLoop(
            LoopClock clock,
            DeadlineWheel deadlines,
            LoopTelemetry telemetry,
            Connector connector,
            SplittableRandom random,
            LoopShare share) {
        this.clock = clock;
        this.deadlines = deadlines;
        this.telemetry = telemetry;
        this.connector = connector;
        this.random = random;
        this.share = share;
        this.failureLog = new TcpFailureLog(clock);
    }

    DestinationBinding bind(String listener, Destination destination) {
        String upstream = destination.upstream().name();
        UpstreamMeter meter = telemetry.upstreamMeter(upstream);
        RetryBudget budget = budgets.computeIfAbsent(upstream, name -> new RetryBudget());
        return new DestinationBinding(
                destination,
                telemetry.tcpMeter(listener, upstream),
                meter,
                picks.computeIfAbsent(upstream, name -> new PickState(random.nextLong())),
                new ConnectBudget(budget, destination, meter, share));
    }

    /** Ends every connection that is relayed to this endpoint, for this reason. */
    public void interrupt(EndpointState endpoint, Failure failure) {
        connections.forEach(connection -> connection.interrupt(endpoint, failure));
    }

    /** Lets go of what it keeps open. */
    public void close() {
        pipes.close();
    }

    /** The endpoint is unfit: whoever waits for it to take a connection goes elsewhere. */
    public void abandon(EndpointState endpoint) {
        connections.forEach(connection -> connection.abandon(endpoint));
    }
}
