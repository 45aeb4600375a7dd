package io.evenkeel.balancer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.Configs;
import io.evenkeel.balancer.Endpoints;
import io.evenkeel.balancer.Upstream;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.discovery.testing.VirtualScheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The plots of {@code docs/balancing.md} are what the policies do in virtual time. Written anew with {@code -Devenkeel.regenerate=true}, else compared.
 */
class BalancingPlotsTest {

    private static final Path IMAGES = Path.of("../docs/img");
    private static final int REQUESTS = 100_000;
    private static final int KEYS = 100_000;
    private static final List<String> POLICIES =
            List.of("round-robin", "random", "ring-hash", "maglev", "least-connections", "peak-ewma");

    @Test
    void oneOfSixEndpointsIsTwentyTimesSlower() throws Exception {
        double[] normal = new double[POLICIES.size()];
        double[] slow = new double[POLICIES.size()];
        double[] share = new double[POLICIES.size()];
        for (int i = 0; i < POLICIES.size(); i++) {
            normal[i] = run(i, 1).p99();
            QueueSimulation.Result result = run(i, 20);
            slow[i] = result.p99();
            share[i] = result.firstShare();
        }
        assertPlot(
                "slow-endpoint-p99.svg",
                SvgPlot.bars(
                        "99th percentile in ms, at half load (logarithmic)",
                        POLICIES,
                        new double[] {10, 100, 1_000, 10_000, 100_000, 1_000_000},
                        List.of(
                                SvgPlot.Series.of("six equal endpoints", normal),
                                SvgPlot.Series.of("one of six 20 times slower", slow))));
        assertPlot(
                "slow-endpoint-share.svg",
                SvgPlot.bars(
                        "Requests that the slow endpoint gets, in per cent (a fair share: 16.7)",
                        POLICIES,
                        new double[] {0, 5, 10, 15, 20},
                        List.of(SvgPlot.Series.of("share of the slow endpoint", share))));
        for (int i = POLICIES.indexOf("least-connections"); i < POLICIES.size(); i++) {
            assertThat(slow[i]).as(POLICIES.get(i)).isLessThan(slow[0] / 100);
        }
    }

    private static QueueSimulation.Result run(int policy, double slowness) {
        String name = POLICIES.get(policy);
        String key = name.equals("ring-hash") || name.equals("maglev") ? ", key: { header: x }" : "";
        return new QueueSimulation("policy: " + name + key, slowness, 1, 1, 1, 1, 1).run(REQUESTS, 0.5);
    }

    @Test
    void keysSpreadOverTenEndpoints() throws Exception {
        assertPlot(
                "key-spread.svg",
                SvgPlot.bars(
                        "Keys of each of ten endpoints, deviation from a tenth in per cent",
                        IntStream.rangeClosed(1, 10).mapToObj(String::valueOf).toList(),
                        new double[] {-10, -5, 0, 5, 10},
                        List.of(
                                SvgPlot.Series.of("ring-hash", deviations("ring-hash")),
                                SvgPlot.Series.of("maglev", deviations("maglev")))));
    }

    private static double[] deviations(String policy) {
        List<EndpointState> endpoints = List.of(Endpoints.states(10));
        int[] keys = new int[10];
        for (EndpointState home : homes(policy, endpoints)) {
            keys[endpoints.indexOf(home)]++;
        }
        return Arrays.stream(keys)
                .mapToDouble(count -> 100.0 * (count * 10 - KEYS) / KEYS)
                .toArray();
    }

    @Test
    void keysThatMoveWhenAnEndpointIsAdded() throws Exception {
        int[] sizes = IntStream.rangeClosed(2, 16).toArray();
        assertPlot(
                "keys-moved.svg",
                SvgPlot.lines(
                        "Keys that move when one endpoint is added, in per cent, by how many there were",
                        Arrays.stream(sizes).mapToObj(String::valueOf).toList(),
                        new double[] {0, 20, 40, 60, 80, 100},
                        List.of(
                                SvgPlot.Series.of("ring-hash", moved("ring-hash", sizes)),
                                SvgPlot.Series.of("maglev", moved("maglev", sizes)),
                                SvgPlot.Series.of("the least possible", each(sizes, size -> 100.0 / (size + 1))),
                                SvgPlot.Series.of(
                                        "key modulo endpoints", each(sizes, size -> 100.0 * size / (size + 1))))));
    }

    private static double[] moved(String policy, int[] sizes) {
        return each(sizes, size -> {
            List<EndpointState> endpoints = List.of(Endpoints.states(size + 1));
            List<EndpointState> before = homes(policy, endpoints.subList(0, size));
            List<EndpointState> after = homes(policy, endpoints);
            return IntStream.range(0, KEYS)
                            .filter(key -> before.get(key) != after.get(key))
                            .count()
                    * 100.0
                    / KEYS;
        });
    }

    private static double[] each(int[] sizes, IntToDoubleFunction value) {
        return Arrays.stream(sizes).mapToDouble(value).toArray();
    }

    private static List<EndpointState> homes(String policy, List<EndpointState> endpoints) {
        LoadBalancer balancer = Policies.of(
                "policy: " + policy + ", key: { header: x }, bound-percent: 0",
                endpoints.toArray(EndpointState[]::new));
        PickState state = new PickState(1);
        return LongStream.rangeClosed(1, KEYS)
                .mapToObj(key -> Objects.requireNonNull(balancer.pick(state, key, Endpoints.UNTRIED)))
                .toList();
    }

    @Test
    void theShareOfANewEndpointGrows() throws Exception {
        VirtualScheduler scheduler = new VirtualScheduler();
        Upstream upstream = new Upstream(
                Configs.upstream("balancer: { policy: round-robin, slow-start: 30s }"), scheduler, event -> {});
        upstream.update(Endpoints.merged(0, 1, 2, 3, 4));
        double[] share = new double[41];
        for (int second = 0; second <= 40; second++) {
            if (second == 5) {
                upstream.update(Endpoints.merged(0, 1, 2, 3, 4, 5));
            }
            share[second] = sharePercent(upstream, 5);
            scheduler.advance(Duration.ofSeconds(1));
        }
        assertPlot(
                "slow-start.svg",
                SvgPlot.lines(
                        "Share of a sixth endpoint that comes in second 5, in per cent, with slow-start: 30s",
                        IntStream.rangeClosed(0, 40)
                                .mapToObj(second -> second % 5 == 0 ? second + " s" : "")
                                .toList(),
                        new double[] {0, 5, 10, 15, 20},
                        List.of(SvgPlot.Series.of("share of the new endpoint", share))));
    }

    private static double sharePercent(Upstream upstream, int number) {
        PickState state = new PickState(1);
        int picks = 6_000;
        int count = 0;
        for (int i = 0; i < picks; i++) {
            EndpointState picked = upstream.snapshot().pick(state, LoadBalancer.NO_KEY, Endpoints.UNTRIED);
            count += picked != null && picked.address().equals(Endpoints.address(number)) ? 1 : 0;
        }
        return 100.0 * count / picks;
    }

    private static void assertPlot(String name, String svg) throws IOException {
        Path file = IMAGES.resolve(name);
        if (Boolean.getBoolean("evenkeel.regenerate")) {
            Files.createDirectories(IMAGES);
            Files.writeString(file, svg);
        }
        assertThat(file).content().isEqualTo(svg);
    }
}
