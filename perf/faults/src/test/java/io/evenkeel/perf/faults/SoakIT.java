package io.evenkeel.perf.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.perf.load.Loopback;
import io.evenkeel.proxy.testing.LeakWatch;
import io.evenkeel.proxy.testing.Scrape;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A router under load while endpoints fail in every way, come and go, and its configuration changes: nothing may leak, nothing may hang, and
 * whatever fails must have a cause at that moment.
 *
 * <p>{@code evenkeel.soak.minutes} says for how long, {@code evenkeel.soak.seed} what happens when.
 */
class SoakIT {

    /** Minutes: in the suite, and in the suite that is asked to be thorough. */
    private static final int SHORT = 5;

    private static final int LONG = 120;

    /** Six of eight endpoints of one worker and 30 ms can answer 200 requests a second; 60 % of that is the load, little enough for a busy machine. */
    private static final int ENDPOINTS = 8;

    private static final Service SERVICE = new Service(30, 1);
    private static final double RATE = 120;

    /** Good answers in a row after which a fault is over for clients. */
    private static final int CLEAR = 100;

    /** How long anything may take that is waited for. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What the heap and the pools may hold more at the end than once everything had happened once. */
    private static final long SLACK_BYTES = 24 << 20;

    /** Files that the JVM opens for itself: libraries, selectors. A leak would lose one with every connection. */
    private static final int SLACK_DESCRIPTORS = 20;

    /** Episodes after which code, caches and pools are as they will be. */
    private static final int WARM_EPISODES = 4;

    private static final Mode[] FAULTS = Mode.values();

    private final long seed =
            Long.getLong("evenkeel.soak.seed", ThreadLocalRandom.current().nextInt(1_000_000));
    private final SplittableRandom random = new SplittableRandom(seed);
    private final Weather weather = new Weather();
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, EpollIoHandler.newFactory());

    @TempDir
    private Path folder = Path.of("");

    @Test
    void nothingLeaksAndNothingFailsWithoutACause() throws IOException {
        int minutes = Integer.getInteger("evenkeel.soak.minutes", Boolean.getBoolean("evenkeel.full") ? LONG : SHORT);
        System.out.println("soak: " + minutes + " minutes, -Devenkeel.soak.seed=" + seed);
        long untilNanos = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
        try (LeakWatch leaks = new LeakWatch()) {
            run(() -> System.nanoTime() - untilNanos < 0);
            assertThat(leaks.leaks()).as("leaked buffers").isEmpty();
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    /** Starts everything, plays the warm episodes and then more while it shall go on, and ends everything. */
    private void run(BooleanSupplier goOn) throws IOException {
        try (Fleet fleet = new Fleet(loops.next(), addresses(), random.split());
                Churn churn = new Churn(folder.resolve("soak.yaml"), fleet, random.split())) {
            fleet.serve(SERVICE);
            OpenLoop load = new OpenLoop(
                    loops.next(),
                    new OpenLoop.Plan(List.of(churn.router().address("web")), "/", 20, 20_000),
                    random.split(),
                    weather::on);
            warmUp(load);
            soak(fleet, churn, load, goOn);
        }
    }

    /** Code that was never run cannot take the whole load at once. */
    private void warmUp(OpenLoop load) {
        for (double rate : new double[] {RATE / 16, RATE / 4, RATE}) {
            load.rate(rate);
            clearUp();
        }
    }

    private void soak(Fleet fleet, Churn churn, OpenLoop load, BooleanSupplier goOn) throws IOException {
        for (int episode = 0; episode < WARM_EPISODES; episode++) {
            episode(fleet, churn, load);
        }
        Resources warm = atRest(load, churn);
        warmUp(load);
        while (goOn.getAsBoolean()) {
            episode(fleet, churn, load);
            assertThat(weather.unexplained())
                    .as("failed without a cause, seed " + seed)
                    .isEmpty();
        }
        Resources now = atRest(load, churn);
        System.out.println(
                "soak: " + weather.good() + " good, " + weather.failed() + " explained; " + warm + ", " + now);
        assertThat(weather.unexplained())
                .as("failed without a cause, seed " + seed)
                .isEmpty();
        assertThat(now.heapBytes()).as("heap").isLessThan(warm.heapBytes() + SLACK_BYTES);
        assertThat(now.descriptors()).as("descriptors").isLessThan(warm.descriptors() + SLACK_DESCRIPTORS);
        assertThat(now.directBytes()).as("direct memory").isLessThan(warm.directBytes() + SLACK_BYTES);
    }

    /** A storm with churn in it, until it has passed for clients; then churn alone, under which nothing may fail. */
    private void episode(Fleet fleet, Churn churn, OpenLoop load) throws IOException {
        int victims = random.nextInt(10) == 0 ? fleet.size() : 1 + random.nextInt(2);
        for (int i = 0; i < victims; i++) {
            Mode mode = FAULTS[random.nextInt(FAULTS.length)];
            weather.storm(mode);
            fleet.at(victims == fleet.size() ? i : random.nextInt(fleet.size())).become(mode);
        }
        awaitRequests(load, 50 + random.nextInt(150));
        churn.act();
        awaitRequests(load, 50 + random.nextInt(300));
        fleet.become(Mode.OK);
        clearUp();
        for (int i = random.nextInt(4); i >= 0; i--) {
            churn.act();
            awaitRequests(load, 30 + random.nextInt(60));
        }
        churn.rest();
    }

    private void clearUp() {
        weather.abate();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> assertThat(
                        weather.hasCleared(CLEAR))
                .as(weather::toString)
                .isTrue());
        weather.calm();
    }

    /** What is held when every request has been answered, the clients have gone and what idled has been closed. */
    private static Resources atRest(OpenLoop load, Churn churn) {
        load.rate(0);
        await().atMost(PATIENCE).until(load::isDrained);
        load.close();
        assertAtRest(churn);
        return Resources.now();
    }

    private static void awaitRequests(OpenLoop load, int more) {
        long until = load.count() + more;
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> load.count() >= until);
    }

    private static void assertAtRest(Churn churn) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            Scrape metrics = Scrape.of(churn.router().adminAddress());
            assertThat(metrics.has("evenkeel_inflight")).isTrue();
            assertThat(metrics.sum("evenkeel_inflight")).as("permits").isZero();
            assertThat(metrics.sum("evenkeel_connections")).as("connections").isZero();
        });
    }

    /** Addresses that no outgoing connection takes, because those come from 127.0.0.1: an endpoint can always listen again. */
    private static List<InetSocketAddress> addresses() throws IOException {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (int i = 0; i < ENDPOINTS; i++) {
            InetSocketAddress any = Loopback.address(11 + i, 0);
            try (ServerSocket free = new ServerSocket(0, 1, any.getAddress())) {
                addresses.add(new InetSocketAddress(any.getAddress(), free.getLocalPort()));
            }
        }
        return addresses;
    }
}
