package io.evenkeel.proxy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.AccessLogConfig;
import io.evenkeel.config.AccessLogConfig.Format;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LoopTelemetryTest {

    private final Telemetry telemetry = new Telemetry(2, new AccessLogConfig(Format.OFF, Optional.empty(), 1024));
    private final LoopTelemetry loop = telemetry.loop(0);

    @Test
    void aMeterSurvivesBeingLookedUpAgain() {
        loop.meter("web", "checks", "vvm").record(200, 1, 1);

        assertThat(loop.meter("web", "checks", "vvm")).isSameAs(loop.meter("web", "checks", "vvm"));
        assertThat(counts(loop.meter("web", "checks", "vvm"))).containsExactly(Map.entry(200, 1L));
        assertThat(loop.meter("web", "other", "vvm")).isNotSameAs(loop.meter("web", "checks", "vvm"));
        assertThat(telemetry.loop(1).meter("web", "checks", "vvm")).isNotSameAs(loop.meter("web", "checks", "vvm"));
    }

    @Test
    void everyStatusIsCountedAndWhatIsNoStatusIsZero() {
        RouteMeter meter = loop.meter("web", "checks", "vvm");
        for (int status = 99; status <= 1_001; status++) {
            for (int times = 0; times < status % 3 + 1; times++) {
                meter.record(status, 1, -1);
            }
        }

        Map<Integer, Long> counts = counts(meter);
        assertThat(counts).hasSize(901).containsEntry(0, 1L + 2 + 3);
        for (int status = 100; status <= 999; status++) {
            assertThat(counts).containsEntry(status, status % 3 + 1L);
        }
    }

    @Test
    void unknownAddedLatencyIsNotRecordedAndOddDurationsAreBounded() {
        RouteMeter meter = loop.meter("web", "checks", "vvm");
        meter.record(200, -5, -1);
        meter.record(200, Long.MAX_VALUE, 0);

        assertThat(meter.takeAdded().getTotalCount()).isEqualTo(1);
        assertThat(meter.takeDurations().getTotalCount()).isEqualTo(2);
        assertThat(meter.takeDurations().getTotalCount()).isZero();
    }

    @Test
    void openConnectionsAreThoseNotClosed() {
        loop.opened(Side.DOWNSTREAM);
        loop.opened(Side.DOWNSTREAM);
        loop.opened(Side.UPSTREAM);
        loop.closed(Side.DOWNSTREAM);

        assertThat(loop.open(Side.DOWNSTREAM)).isEqualTo(1);
        assertThat(loop.openedInTotal(Side.DOWNSTREAM)).isEqualTo(2);
        assertThat(loop.open(Side.UPSTREAM)).isEqualTo(1);
    }

    @Test
    void recordingAllocatesNothing() {
        RouteMeter meter = loop.meter("web", "checks", "vvm");
        UpstreamMeter upstream = loop.upstreamMeter("vvm");
        meter.record(200, 60_000_000_000L, 1_000_000_000L);
        long[] nanos = {100};

        double bytes = Allocations.perRun(100_000, () -> {
            loop.opened(Side.DOWNSTREAM);
            nanos[0] = nanos[0] * 31 % 1_000_003;
            meter.record(nanos[0] % 50 == 0 ? 404 : 200, nanos[0] * 1_000, nanos[0]);
            loop.failed(Failure.CLIENT_ABORTED);
            upstream.retried();
            loop.closed(Side.DOWNSTREAM);
        });

        assertThat(bytes).isLessThan(1);
    }

    private static Map<Integer, Long> counts(RouteMeter meter) {
        Map<Integer, Long> counts = new TreeMap<>();
        meter.statuses().forEach(counts::put);
        return counts;
    }
}
