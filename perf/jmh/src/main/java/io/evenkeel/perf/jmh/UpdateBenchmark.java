package io.evenkeel.perf.jmh;

import io.evenkeel.balancer.Upstream;
import io.evenkeel.config.BalancerConfig;
import io.evenkeel.config.BalancerConfig.Policy;
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

/** What it costs to publish that one endpoint of an upstream came or went, by the size of the upstream. The bar: under 10 ms. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Thread)
public class UpdateBenchmark {

    @Param({"20", "1000", "10000"})
    public int endpoints;

    private final List<MergedEndpoint> all = new ArrayList<>();
    private List<MergedEndpoint> allButOne = List.of();
    private final ControlThread control = new ControlThread();
    private final Upstream upstream = new Upstream(
            UpstreamConfig.of("vvm", BalancerConfig.of(Policy.LEAST_CONNECTIONS), List.of()), control, event -> {});
    private boolean whole;

    /** Makes both sets. */
    @Setup(Level.Trial)
    public void fill() {
        for (int i = 0; i < endpoints; i++) {
            all.add(MergedEndpoint.of("consul:vvm", Addresses.endpoint(i)));
        }
        allButOne = all.subList(0, endpoints - 1);
    }

    @TearDown(Level.Trial)
    public void close() {
        control.close();
    }

    /** One endpoint comes, or goes again. */
    @Benchmark
    public Upstream publish() {
        whole = !whole;
        upstream.update(whole ? all : allButOne);
        return upstream;
    }
}
