package io.evenkeel.perf.jmh;

import io.evenkeel.rebalancer.plan.Cluster;
import io.evenkeel.rebalancer.plan.Node;
import io.evenkeel.rebalancer.plan.Placement;
import io.evenkeel.rebalancer.plan.Plan;
import io.evenkeel.rebalancer.plan.Planner;
import io.evenkeel.rebalancer.plan.Platform;
import io.evenkeel.rebalancer.plan.Resources;
import io.evenkeel.rebalancer.plan.Service;
import io.evenkeel.rebalancer.plan.Swap;
import io.evenkeel.rebalancer.plan.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to plan a cluster of which nodes have come back empty: half as many services as nodes, twenty tasks per node, every second service with a
 * single replica. The bar: under 2 s for 1,000 nodes.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Thread)
public class PlanBenchmark {

    private static final int TASKS_PER_NODE = 20;

    @Param({"10", "100", "1000"})
    public int nodes;

    /** Nodes that have nothing, in per cent. */
    @Param({"1", "10"})
    public int returned;

    private Cluster cluster = new Cluster(List.of(), List.of(), List.of());

    @Setup
    public void fill() {
        Random random = new Random(nodes);
        int full = nodes - Math.max(1, nodes * returned / 100);
        List<Service> services = new ArrayList<>();
        List<Task> tasks = new ArrayList<>();
        for (int number = 0; number < nodes / 2; number++) {
            Service service = service("s" + number, number % 2 == 0 ? 1 : 4 * TASKS_PER_NODE - 1);
            services.add(service);
            for (int slot = 1; slot <= service.replicas(); slot++) {
                tasks.add(new Task(service.id() + "." + slot, service.id(), "n" + random.nextInt(full), slot, true));
            }
        }
        cluster = new Cluster(
                IntStream.range(0, nodes).mapToObj(PlanBenchmark::node).toList(), services, tasks);
    }

    @Benchmark
    public Plan plan() {
        return Planner.plan(cluster);
    }

    private static Node node(int number) {
        String id = "n" + number;
        return new Node(
                id, id, true, false, Map.of(), Map.of(), new Platform("linux", "x86_64"), new Resources(0, 1L << 40));
    }

    private static Service service(String id, int replicas) {
        return new Service(id, id, replicas, Placement.ANYWHERE, Resources.NONE, Swap.SURGE, Optional.empty());
    }
}
