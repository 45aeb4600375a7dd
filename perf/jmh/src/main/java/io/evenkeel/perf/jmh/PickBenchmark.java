package io.evenkeel.perf.jmh;

import io.evenkeel.balancer.RouterPlace;
import io.evenkeel.balancer.TagSubset;
import io.evenkeel.balancer.Upstream;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Permit;
import io.evenkeel.balancer.policy.PickState;
import io.evenkeel.balancer.policy.Tried;
import io.evenkeel.config.RouteConfig.TagsFallback;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.discovery.ControlThread;
import io.evenkeel.discovery.MergedEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to pick an endpoint, by policy and size of the upstream. The bar: under 50 ns for least-connections and round-robin, under 120 ns for
 * the others, and flat. Every request has a key of its own; half of the endpoints are in the router's zone, have the tag {@code role=worker}, and have twice
 * the weight in the weighted cases.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Thread)
public class PickBenchmark {

    /** Attempts in flight at any time; a power of two. */
    private static final int IN_FLIGHT = 256;

    /** 2 ms: what every endpoint takes to answer. */
    private static final long HEAD_NANOS = 2_000_000;

    @Param({"10", "100", "1000", "10000"})
    public int endpoints;

    @Param
    public PickCase balancer = PickCase.LEAST_CONNECTIONS;

    private final PickState state = new PickState(42);
    private final Tried tried = new Tried();
    private final Permit[] permits = new Permit[IN_FLIGHT];
    private final ControlThread control = new ControlThread();
    private Upstream upstream = upstream();
    private TagSubset subset = TagSubset.ALL;
    private int oldest;
    private long key;

    /** Fills the upstream and puts the attempts in flight. */
    @Setup(Level.Trial)
    public void fill() {
        upstream = upstream();
        List<MergedEndpoint> reported = new ArrayList<>();
        for (int i = 0; i < endpoints; i++) {
            reported.add(MergedEndpoint.of("static", balancer.endpoint(i)));
        }
        upstream.update(reported);
        subset = upstream.subset(balancer.tags(), TagsFallback.NONE);
        for (int i = 0; i < IN_FLIGHT; i++) {
            permits[i] = new Permit();
            permits[i].begin(Objects.requireNonNull(pick()));
        }
    }

    /** The pick alone: one volatile read of the snapshot and the policy's choice; counts stand still. */
    @Benchmark
    public @Nullable EndpointState pick() {
        return upstream.snapshot().balancer(subset).pick(state, ++key, tried);
    }

    /** The pick as an exchange makes it, with the counts moving: the oldest attempt ends, an endpoint is picked, an attempt begins there. */
    @Benchmark
    public Permit pickAndPermit() {
        Permit permit = permits[oldest++ & (IN_FLIGHT - 1)];
        permit.success(HEAD_NANOS);
        permit.begin(Objects.requireNonNull(pick()));
        return permit;
    }

    private Upstream upstream() {
        return new Upstream(
                UpstreamConfig.of("vvm", balancer.config(), List.of()), control, event -> {}, new RouterPlace("", "a"));
    }
}
