package io.evenkeel.proxy.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.telemetry.Flood;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FloodGuardTest {

    private static final long SPAN = 10_000_000_000L;

    private final FloodGuard guard = new FloodGuard(3, 0);

    private int tolerated(Flood kind, long nowNanos) {
        int tolerated = 0;
        while (tolerated < 5_000 && guard.tolerates(kind, nowNanos)) {
            tolerated++;
        }
        return tolerated;
    }

    @Test
    void resetsHaveALimitOfTheirOwnPerTenSeconds() {
        assertThat(tolerated(Flood.RESETS, SPAN - 1)).isEqualTo(3);
        assertThat(tolerated(Flood.RESETS, SPAN)).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(value = Flood.class, mode = EnumSource.Mode.EXCLUDE, names = "RESETS")
    void framesThatCarryNothingForwardAreLimitedPerTenSeconds(Flood kind) {
        assertThat(tolerated(kind, 0)).isEqualTo(1_000);
        assertThat(tolerated(kind, SPAN)).isEqualTo(1_000);
    }

    @Test
    void workPaysForTen() {
        assertThat(tolerated(Flood.PINGS, 0)).isEqualTo(1_000);
        guard.onWork(0);
        guard.onWork(1023);
        assertThat(tolerated(Flood.SETTINGS, 0)).isBetween(19, 20);
    }

    @Test
    void octetsPayToo() {
        assertThat(tolerated(Flood.WINDOW_UPDATES, 0)).isEqualTo(1_000);
        guard.onWork(65_536);
        assertThat(tolerated(Flood.WINDOW_UPDATES, 0)).isBetween(649, 650);
    }

    @Test
    void workIsNoLicenceForLater() {
        for (int i = 0; i < 1_000; i++) {
            guard.onWork(5_000);
        }
        assertThat(tolerated(Flood.PINGS, 0)).isEqualTo(1_000);
    }
}
