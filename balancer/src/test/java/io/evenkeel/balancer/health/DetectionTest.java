package io.evenkeel.balancer.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.Configs;
import io.evenkeel.balancer.Endpoints;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.health.ProbeResult.Outcome;
import io.evenkeel.config.HealthCheckConfig;
import io.evenkeel.discovery.testing.VirtualScheduler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How soon a dead endpoint is noticed, and how often one that is alive is taken for dead, in simulated time: a hundred endpoints live for twenty minutes, then each dies at a
 * moment of its own. Prints the rows of the table in {@code docs/health.md}, and checks that they are those.
 */
class DetectionTest {

    private static final int ENDPOINTS = 100;
    private static final Duration WARM_UP = Duration.ofMinutes(10);
    private static final Duration LIFE = Duration.ofMinutes(20);
    private static final Path DOCS = Path.of("../docs/health.md");

    /** How long an endpoint that is alive takes to answer a check, in milliseconds. */
    private enum Answers {
        /** Log-normal, median 2 ms. */
        QUICK {
            @Override
            double millis(SplittableRandom random) {
                return 2 * Math.exp(0.5 * random.nextGaussian());
            }
        },
        /** Exponential, mean 150 ms. */
        BUSY {
            @Override
            double millis(SplittableRandom random) {
                return 150 * random.nextExponential();
            }
        },
        /** Quick, but one in fifty is held up for up to 1.5 s, as by a garbage collection. */
        PAUSING {
            @Override
            double millis(SplittableRandom random) {
                return QUICK.millis(random) + (random.nextInt(50) == 0 ? random.nextDouble(1_500) : 0);
            }
        },
        /** Normal, mean 800 ms, deviation 100 ms. */
        SLOW {
            @Override
            double millis(SplittableRandom random) {
                return Math.max(1, 800 + 100 * random.nextGaussian());
            }
        };

        abstract double millis(SplittableRandom random);
    }

    @ParameterizedTest
    @CsvSource({
        "'', QUICK, 0, 7",
        "'', BUSY, 0, 8",
        "'', PAUSING, 1, 8",
        "'', SLOW, 0, 9",
        "'interval: 1s, fast-interval: 500ms, timeout: 900ms, phi: { acceptable-pause: 300ms }', QUICK, 0, 2.5",
        "'interval: 1s, fast-interval: 500ms, timeout: 900ms, phi: { acceptable-pause: 300ms }', BUSY, 60, 3"
    })
    void theDeadAreNoticedSoonAndTheLivingLeftAlone(String check, Answers answers, double mostFalse, double mostSeconds)
            throws IOException {
        Simulation phi = new Simulation(check, answers, LIFE);
        Simulation thresholds = new Simulation(patient(check), answers, Duration.ZERO);
        String row = String.format(
                Locale.ROOT,
                "| %s | %s | %.2f | %.1f / %.1f s | %.1f / %.1f s |",
                check.isEmpty() ? "defaults" : "`" + check + "`",
                answers.name().toLowerCase(Locale.ROOT),
                phi.falsePerDay(),
                phi.seconds(0.5),
                phi.seconds(0.99),
                thresholds.seconds(0.5),
                thresholds.seconds(0.99));
        System.out.println(row);

        assertThat(phi.falsePerDay()).isLessThanOrEqualTo(mostFalse);
        assertThat(phi.seconds(0.99)).isLessThanOrEqualTo(mostSeconds);
        assertThat(phi.seconds(0.5)).isLessThan(thresholds.seconds(0.5));
        assertThat(Files.readString(DOCS)).contains(row);
    }

    /** The same without suspicion that could ever grow. */
    private static String patient(String check) {
        return check.contains("acceptable-pause")
                ? check.replaceAll("acceptable-pause: [0-9a-z]+", "acceptable-pause: 1h")
                : "phi: { acceptable-pause: 1h }" + (check.isEmpty() ? "" : ", " + check);
    }

    /** One run. */
    private static final class Simulation {

        private final VirtualScheduler scheduler = new VirtualScheduler();
        private final SplittableRandom random = new SplittableRandom(42);
        private final Set<InetSocketAddress> dead = new HashSet<>();
        private final Heard heard = new Heard();
        private final double[] seconds = new double[ENDPOINTS];
        private final int falsely;
        private final Answers answers;

        Simulation(String check, Answers answers, Duration life) {
            this.answers = answers;
            HealthCheckConfig config = Configs.upstream("health-check: { " + check + " }")
                    .healthCheck()
                    .orElseThrow();
            HealthMonitor monitor = new HealthMonitor(
                    new CheckContext(
                            config,
                            this::ask,
                            scheduler,
                            random.split(),
                            new CheckPlaces(CheckPlaces.MOST),
                            new EnumCounts<>(Outcome.class)),
                    heard);
            List<EndpointState> all = Arrays.asList(Endpoints.states(ENDPOINTS));
            all.forEach(monitor::add);
            scheduler.advance(WARM_UP);
            int before = heard.givenUp.size();
            scheduler.advance(life);
            falsely = heard.givenUp.size() - before;
            for (int i = 0; i < ENDPOINTS; i++) {
                seconds[i] = death(all.get(i), config.interval());
            }
            Arrays.sort(seconds);
        }

        private CompletionStage<ProbeResult> ask(InetSocketAddress address, Duration timeout) {
            CompletableFuture<ProbeResult> answer = new CompletableFuture<>();
            Duration after = Duration.ofNanos((long) (answers.millis(random) * 1e6));
            boolean late = dead.contains(address) || after.compareTo(timeout) > 0;
            ProbeResult result = late ? ProbeResult.silent("no answer") : ProbeResult.passed("ok");
            scheduler.schedule(() -> answer.complete(result), late ? timeout : after);
            return answer;
        }

        /** Seconds from the death of an endpoint to its end in the picker. */
        private double death(EndpointState endpoint, Duration interval) {
            scheduler.advance(Duration.ofNanos((long) (interval.toNanos() * random.nextDouble())));
            while (!endpoint.standing().fit()) {
                scheduler.advance(interval);
            }
            dead.add(endpoint.address());
            long died = scheduler.nanoTime();
            while (endpoint.standing().fit()) {
                scheduler.advance(Duration.ofMillis(10));
            }
            return (scheduler.nanoTime() - died) / 1e9;
        }

        double falsePerDay() {
            return falsely / (double) ENDPOINTS * (Duration.ofDays(1).toSeconds() / (double) LIFE.toSeconds());
        }

        double seconds(double quantile) {
            return seconds[(int) (quantile * (ENDPOINTS - 1))];
        }
    }
}
