package io.evenkeel.perf.jmh;

import io.evenkeel.balancer.TagSubset;
import io.evenkeel.balancer.Upstream;
import io.evenkeel.config.RouteConfig.TagsFallback;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.discovery.ControlThread;
import io.evenkeel.discovery.MergedEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to publish that one endpoint of an upstream came or went, by policy and size of the upstream. The bar: under 10 ms,
 * and under 50 ms where a table is built. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Thread)
public class UpdateBenchmark {

    @Param({"20", "1000", "10000"})
    public int endpoints;

    @Param({"LEAST_CONNECTIONS", "RING_HASH", "MAGLEV", "WEIGHTED_LEAST_CONNECTIONS", "SUBSET"})
    public PickCase balancer = PickCase.LEAST_CONNECTIONS;

    private final List<MergedEndpoint> all = new ArrayList<>();
    private List<MergedEndpoint> allButOne = List.of();
    private final ControlThread control = new ControlThread();
    private Upstream upstream = upstream();
    private TagSubset subset = TagSubset.ALL;
    private boolean whole;

    /** Makes both sets. */
    @Setup(Level.Trial)
    public void fill() {
        for (int i = 0; i < endpoints; i++) {
            all.add(MergedEndpoint.of("consul:vvm", balancer.endpoint(i)));
        }
        upstream = upstream();
        subset = upstream.subset(balancer.tags(), TagsFallback.NONE);
        allButOne = all.subList(0, endpoints - 1);
    }

    @TearDown(Level.Trial)
    public void close() {
        control.close();
    }

    /** One endpoint comes, or goes again. */
    @Benchmark
    public TagSubset publish() {
        whole = !whole;
        upstream.update(whole ? all : allButOne);
        return subset;
    }

    private Upstream upstream() {
        return new Upstream(UpstreamConfig.of("vvm", balancer.config(), List.of()), control, event -> {});
    }
}
