package io.evenkeel.discovery.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.discovery.DiscoveryEvent;
import io.evenkeel.discovery.DiscoveryEvent.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLineTest {

    @Test
    void aLineSaysWhatHappenedToWhomAndWhy() {
        assertThat(EventLine.of(List.of(
                        new DiscoveryEvent(
                                Instant.EPOCH, Kind.ENDPOINT_ADDED, "vvm", "10.0.0.1:80", "n1", "consul", "why"),
                        endpoint(Kind.ENDPOINT_REMOVED, "vvm"),
                        new DiscoveryEvent(Instant.EPOCH, Kind.NODE_FAILED, "", "", "n2", "consul", "not live"),
                        new DiscoveryEvent(Instant.EPOCH, Kind.SOURCE_FAILED, "vvm", "", "", "dns:a", "SERVFAIL"),
                        new DiscoveryEvent(Instant.EPOCH, Kind.SOURCE_RECOVERED, "vvm", "", "", "dns:a", ""))))
                .containsExactly(
                        new EventLine(false, "upstream vvm: endpoint 10.0.0.1:80 on n1 added: why"),
                        new EventLine(false, "upstream vvm: endpoint 10.0.0.9:80 removed: why"),
                        new EventLine(true, "node n2 failed: consul: not live"),
                        new EventLine(true, "upstream vvm: source dns:a failed: SERVFAIL"),
                        new EventLine(false, "upstream vvm: source dns:a recovered"));
    }

    @Test
    void aBurstOfOneUpstreamIsOneLineAndTheOthersKeepTheirs() {
        List<DiscoveryEvent> burst = new ArrayList<>();
        for (int i = 0; i < EventLine.MOST_PER_UPSTREAM; i++) {
            burst.add(endpoint(Kind.ENDPOINT_ADDED, "vvm"));
        }
        assertThat(EventLine.of(burst)).hasSize(EventLine.MOST_PER_UPSTREAM);
        burst.add(endpoint(Kind.ENDPOINT_REMOVED, "vvm"));
        burst.add(endpoint(Kind.ENDPOINT_ADDED, "grafana"));

        assertThat(EventLine.of(burst))
                .extracting(EventLine::text)
                .containsExactly(
                        "upstream vvm: endpoints added: 20, removed: 1",
                        "upstream grafana: endpoint 10.0.0.9:80 added: why");
    }

    private static DiscoveryEvent endpoint(Kind kind, String upstream) {
        return new DiscoveryEvent(Instant.EPOCH, kind, upstream, "10.0.0.9:80", "", "static", "why");
    }
}
