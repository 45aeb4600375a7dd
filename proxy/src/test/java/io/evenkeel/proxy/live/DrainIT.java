package io.evenkeel.proxy.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

    private static String upstream(List<LiveEndpoint> tasks) {
        String addresses = String.join(
                ", ", tasks.stream().map(task -> "\"" + task.name() + "\"").toList());
        return "upstreams: [{ name: vvm, endpoints: [{ static: [" + addresses + "] }] }]\n";
    }
}
