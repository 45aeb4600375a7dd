package io.evenkeel.proxy.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RecordingUpstream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Endpoints that are taken away and given back under load. */
class DrainIT {

    @Test
    void aDrainUnderLoadLosesNoRequest() throws IOException {
        List<LiveEndpoint> tasks = LiveEndpoint.tasks(3);
        try (LiveRouter router = LiveRouter.start(upstream(tasks));
                LiveTraffic traffic = router.traffic()) {
            for (LiveEndpoint task : tasks) {
                traffic.awaitAnswersOf(tasks);
                assertThat(router.order("/drain?endpoint=" + task.name())).startsWith("HTTP/1.1 200");
                traffic.awaitSilenceOf(task);
                assertThat(router.order("/undrain?endpoint=" + task.name())).startsWith("HTTP/1.1 200");
            }
            traffic.awaitAnswersOf(tasks);
            traffic.assertNothingFailed();
        }
        tasks.forEach(LiveEndpoint::close);
    }

    /** Drained for long enough, it can be stopped. */
    @Test
    void anEndpointThatDrainedBeforeItStoppedIsMissedByNobody() throws IOException {
        List<LiveEndpoint> tasks = LiveEndpoint.tasks(2);
        try (LiveRouter router = LiveRouter.start(upstream(tasks));
                LiveTraffic traffic = router.traffic()) {
            traffic.awaitAnswersOf(tasks);
            router.order("/drain?endpoint=" + tasks.get(0).name());
            traffic.awaitSilenceOf(tasks.get(0));
            router.awaitMetric(
                    inFlight -> inFlight == 0,
                    "evenkeel_inflight",
                    "endpoint=\"" + tasks.get(0).name() + "\"");
            tasks.get(0).close();
            traffic.assertNothingFailed();
        }
        tasks.get(1).close();
    }

    /** Its name is gone from discovery, and then its machine too: nobody closes its connections. */
    @Test
    void whatIsInFlightAtAnEndpointThatLeftAndVanishedIsTriedElsewhere() throws IOException {
        try (VanishingEndpoint leaving = new VanishingEndpoint();
                RecordingUpstream staying = RecordingUpstream.start();
                LiveRouter router = LiveRouter.start(checked(leaving.address()));
                RawClient client = RawClient.connect(router.address())) {
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            leaving.awaitRequest();
            router.apply(checked(staying.address()));
            leaving.vanish();
            assertThat(client.read().status()).isEqualTo(200);
            assertThat(staying.requests()).hasSize(1);
        }
    }

    private static String checked(InetSocketAddress address) {
        return "upstreams: [{ name: vvm, endpoints: [{ static: [\"127.0.0.1:" + address.getPort() + "\"] }], "
                + "health-check: { interval: 200ms, fast-interval: 100ms, timeout: 100ms } }]\n";
    }

    private static String upstream(List<LiveEndpoint> tasks) {
        String addresses = String.join(
                ", ", tasks.stream().map(task -> "\"" + task.name() + "\"").toList());
        return "upstreams: [{ name: vvm, endpoints: [{ static: [" + addresses + "] }] }]\n";
    }
}
