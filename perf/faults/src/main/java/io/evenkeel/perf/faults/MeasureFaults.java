package io.evenkeel.perf.faults;

import io.evenkeel.perf.load.Loopback;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Plays faults against one proxy, or measures its own endpoints directly.
 *
 * <pre>MeasureFaults ENDPOINT-PORT,... NAME PORT PID quick|full WARM-UP-SECONDS TIMELINES CASE...
 * MeasureFaults ENDPOINT-PORT,... direct 0 0 quick|full 0 TIMELINES</pre>
 *
 * <p>Prints rows of {@link Findings}, and appends to the file TIMELINES a row per second.
 */
final class MeasureFaults implements AutoCloseable {

    /** Share of requests that may not be repeated, per cent. */
    private static final int POST_PERCENT = 20;

    private static final int POST_BYTES = 256;

    /** Longest wait for a proxy to use all endpoints again after a case, s. */
    private static final int SETTLE_SECONDS = 60;

    /** What the JIT compiler needs for the load and the endpoints themselves, s. */
    private static final int OWN_WARM_UP_SECONDS = 4;

    /** The endpoints' service times are the same in every run. */
    private static final long SEED = 4;

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(2, new DefaultThreadFactory("faults", true), EpollIoHandler.newFactory());
    private final List<InetSocketAddress> endpoints = new ArrayList<>();
    private final Fleet fleet;
    private final String name;
    private final List<InetSocketAddress> targets;
    private final long pid;
    private final boolean quick;
    private final Path timelines;

    private MeasureFaults(String[] args) {
        for (String port : args[0].split(",", -1)) {
            endpoints.add(Loopback.address(1, Integer.parseInt(port)));
        }
        fleet = new Fleet(loops.next(), endpoints, new SplittableRandom(SEED));
        name = args[1];
        targets = name.equals("direct") ? endpoints : List.of(Loopback.address(1, Integer.parseInt(args[2])));
        pid = Long.parseLong(args[3]);
        quick = args[4].equals("quick");
        timelines = Path.of(args[6]);
    }

    public static void main(String[] args) throws Exception {
        try (MeasureFaults measure = new MeasureFaults(args)) {
            if (measure.name.equals("direct")) {
                measure.control();
                return;
            }
            measure.settle("/", Integer.parseInt(args[5]));
            for (String fault : List.of(args).subList(7, args.length)) {
                measure.play(fault, Objects.requireNonNull(Cases.named(fault), fault));
            }
        }
    }

    /** What the load and the endpoints make of a rate by themselves: the service times, if this machine is fast enough. */
    private void control() throws IOException {
        settle("/", OWN_WARM_UP_SECONDS);
        for (double rate : new double[] {Cases.RATE, 2 * Cases.RATE, 4.8 * Cases.RATE}) {
            fleet.serve(new Service(Cases.SERVICE_MILLIS, Cases.WORKERS));
            Lengths lengths = new Lengths(quick ? 4 : 6, 0, 0);
            Timeline timeline = new Timeline(lengths.all());
            try (OpenLoop load = load("/", timeline)) {
                Trial trial = new Trial(
                        fleet, load, timeline, lengths, ProcessHandle.current().pid());
                trial.go(rate);
                Second all = trial.normal();
                new Findings(System.out, "direct", name)
                        .note(
                                String.format(Locale.ROOT, "%.0f/s", rate),
                                "p50 %.1f, p99 %.1f ms, %d failed, %.3f attempts per request",
                                all.millis(50),
                                all.millis(99),
                                all.requests() - all.good(),
                                (double) trial.attempts(0, lengths.all())
                                        / trial.all().requests());
                save("direct-" + (int) rate, trial);
            }
        }
    }

    private void play(String fault, FaultCase played) throws IOException {
        String path = path(fault);
        fleet.serve(played.service());
        settle(path, 0);
        Lengths lengths = played.lengths(quick);
        Timeline timeline = new Timeline(lengths.all());
        try (OpenLoop load = load(path, timeline)) {
            Trial trial = new Trial(fleet, load, timeline, lengths, pid);
            played.play(trial, new Findings(System.out, fault, name));
            save(fault, trial);
        }
    }

    /** The last part of a case's name is the path, and so the upstream, with another policy. */
    private static String path(String fault) {
        return fault.startsWith("slow-") ? "/" + fault.substring(5) + "/" : "/";
    }

    private OpenLoop load(String path, Timeline timeline) {
        return new OpenLoop(
                loops.next(),
                new OpenLoop.Plan(targets, path, POST_PERCENT, POST_BYTES),
                new SplittableRandom(SEED),
                timeline::add);
    }

    /** Sends until a second passes in which nothing fails and every endpoint gets a third of its share, and for so long at least. */
    private void settle(String path, int leastSeconds) {
        fleet.become(Mode.OK);
        Timeline timeline = new Timeline(SETTLE_SECONDS + leastSeconds);
        try (OpenLoop load = load(path, timeline)) {
            timeline.begin();
            load.rate(rampedUp(0, leastSeconds));
            long[] before = fleet.attemptsOfEach();
            for (int second = 1; second < timeline.length(); second++) {
                Trial.await(timeline.nanosOf(second));
                load.rate(rampedUp(second, leastSeconds));
                long[] now = fleet.attemptsOfEach();
                if (second > leastSeconds && allUsed(before, now) && isFaultless(timeline.at(second - 1))) {
                    return;
                }
                before = now;
            }
            System.out.println("note\t" + name + " does not use all endpoints after " + SETTLE_SECONDS + " s");
        }
    }

    /** Grows over the warm-up: a JVM that has just started cannot take the full rate, and would only pile up connections. */
    private static double rampedUp(int second, int warmUpSeconds) {
        return second >= warmUpSeconds ? Cases.RATE : Cases.RATE * (second + 1) / (warmUpSeconds + 1);
    }

    private static boolean isFaultless(Second second) {
        return second.good() == second.requests();
    }

    private static boolean allUsed(long[] before, long[] now) {
        for (int i = 0; i < now.length; i++) {
            if (now[i] - before[i] < Cases.RATE / now.length / 3) {
                return false;
            }
        }
        return true;
    }

    private void save(String fault, Trial trial) throws IOException {
        try (PrintStream out = new PrintStream(
                Files.newOutputStream(timelines, StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
            for (int i = 0; i < trial.lengths().all(); i++) {
                Second second = trial.timeline().at(i);
                out.printf(
                        Locale.ROOT,
                        "%s\t%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%.2f\t%.2f\t%d%n",
                        fault,
                        name,
                        i,
                        second.requests(),
                        second.good(),
                        second.failedSafe(),
                        second.failedUnsafe(),
                        second.shed(),
                        second.hung(),
                        trial.attempts(i, i + 1),
                        second.millis(50),
                        second.millis(99),
                        trial.resident(i));
            }
        }
    }

    @Override
    public void close() {
        fleet.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
