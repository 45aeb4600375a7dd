package io.evenkeel.lab.load;

import io.evenkeel.lab.cluster.LabFolder;
import io.evenkeel.lab.record.Outcome;
import io.evenkeel.lab.record.Recording;
import io.evenkeel.lab.record.Seconds;
import io.evenkeel.lab.record.Seconds.Second;
import io.evenkeel.lab.record.Span;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code evenkeel lab load}: a steady load, and a line a second of what becomes of it. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = {
            "Send requests to the lab's routers at a constant rate and say each second what becomes of them.",
            "Exits with 1 if one fails."
        })
public final class LoadCommand implements Callable<Integer> {

    /** Until an answer that is late may still count for its second, s. */
    private static final int LATE_SECONDS = 1;

    @Option(names = "--seconds", defaultValue = "60", description = "How long (default ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--rate", defaultValue = "200", description = "Requests per second (default ${DEFAULT-VALUE}).")
    private double rate;

    @Override
    public Integer call() throws InterruptedException {
        LabFolder folder = LabFolder.ofThisMachine();
        if (!folder.up()) {
            System.err.println("lab: not up: ./evenkeel lab up");
            return 1;
        }
        Recording recording = new Recording();
        try (Routers routers = new Routers(folder, Optional::empty);
                SteadyLoad load = new SteadyLoad(rate, routers::open, recording::add)) {
            load.begin();
            long from = System.currentTimeMillis();
            for (int i = 0; i < seconds; i++) {
                Thread.sleep(Math.max(1, from + (i + 1 + LATE_SECONDS) * 1000L - System.currentTimeMillis()));
                print(i, recording, new Span(from + i * 1000L, from + i * 1000L + 999), routers);
            }
        }
        return sum(recording) ? 0 : 1;
    }

    private static void print(int second, Recording recording, Span span, Routers routers) {
        Second now = Seconds.of(recording.outcomes(), span).all().get(0);
        System.out.printf(
                "%4d s  %4d requests  %3d failed  p50 %6.1f ms  p99 %7.1f ms  routers %s%n",
                second,
                now.requests(),
                now.failed(),
                now.p50(),
                now.p99(),
                routers.open().stream().map(SteadyLoad.Router::name).collect(Collectors.joining(" ")));
    }

    private static boolean sum(Recording recording) {
        Map<String, Long> vvms = recording.outcomes().stream()
                .filter(Outcome::good)
                .collect(Collectors.groupingBy(Outcome::vvm, TreeMap::new, Collectors.counting()));
        Map<String, Long> failures = recording.outcomes().stream()
                .filter(outcome -> !outcome.good())
                .collect(Collectors.groupingBy(
                        outcome -> outcome.kind() + " " + outcome.failure() + " through " + outcome.router(),
                        TreeMap::new,
                        Collectors.counting()));
        System.out.println("answered by " + vvms);
        System.out.println("failed: " + failures);
        return failures.isEmpty();
    }
}
