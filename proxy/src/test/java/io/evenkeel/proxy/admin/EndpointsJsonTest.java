package io.evenkeel.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.balancer.FitnessCounts;
import io.evenkeel.balancer.endpoint.Standing;
import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.MergedEndpoint;
import io.evenkeel.discovery.Voucher;
import io.evenkeel.proxy.telemetry.DrainStatus;
import io.evenkeel.proxy.telemetry.EndpointStatus;
import io.evenkeel.proxy.telemetry.UpstreamStatus;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EndpointsJsonTest {

    private static final int MANY = 10_000;

    @Test
    void tenThousandEndpointsAreRenderedInNoTime() throws Exception {
        List<UpstreamStatus> upstreams = IntStream.range(0, 500)
                .mapToObj(i -> new UpstreamStatus(
                        "upstream-" + i,
                        false,
                        endpoints(i * MANY / 500, MANY / 500),
                        List.of(),
                        List.of(),
                        FitnessCounts.NONE,
                        Optional.empty()))
                .toList();
        EndpointsJson.render(upstreams);
        long begin = System.nanoTime();
        String json = EndpointsJson.render(upstreams);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);

        JsonNode all = new ObjectMapper().readTree(json).get("upstreams");
        assertThat(all).hasSize(500).allSatisfy(upstream -> assertThat(upstream.get("endpoints"))
                .hasSize(20));
        assertThat(json.length() / MANY).as("characters each").isLessThan(1_500);
        assertThat(took).isLessThan(Duration.ofSeconds(5));
    }

    private static List<EndpointStatus> endpoints(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> new EndpointStatus(
                        "10.0." + i / 256 + "." + i % 256 + ":8822",
                        reported(i),
                        Standing.UNCHECKED,
                        DrainStatus.NONE,
                        false,
                        0,
                        i,
                        0,
                        OptionalInt.empty()))
                .toList();
    }

    private static MergedEndpoint reported(int number) {
        Endpoint says = new Endpoint(
                new InetSocketAddress("10.0." + number / 256 + "." + number % 256, 8822),
                1,
                Optional.of("node-" + number % 3),
                Map.of("role", "worker", "version", "1.2.3"),
                Endpoint.Health.PASSING);
        return new MergedEndpoint(List.of(
                new Voucher("consul:vvm", Instant.EPOCH, says), new Voucher("dns:tasks.vvm", Instant.EPOCH, says)));
    }
}
