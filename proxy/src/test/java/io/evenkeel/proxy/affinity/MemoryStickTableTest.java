package io.evenkeel.proxy.affinity;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.telemetry.Allocations;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class MemoryStickTableTest {

    private static final InetSocketAddress ONE = Endpoints.address(1);
    private static final InetSocketAddress OTHER = Endpoints.address(2);
    private static final long TTL_NANOS = 1000;

    private final MemoryStickTable table = new MemoryStickTable(2, TTL_NANOS);

    @Test
    void aKeyLeadsToTheEndpointThatMadeItKnown() {
        table.learn(7, ONE, 0);
        assertThat(table.find(7, 1)).isEqualTo(ONE);
        assertThat(table.find(8, 1)).isNull();
    }

    @Test
    void theLastEndpointThatMadeItKnownCounts() {
        table.learn(7, ONE, 0);
        table.learn(7, OTHER, 1);
        assertThat(table.find(7, 2)).isEqualTo(OTHER);
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void useKeepsAKeyAliveAndDisuseEndsIt() {
        table.learn(7, ONE, 0);
        assertThat(table.find(7, TTL_NANOS)).isEqualTo(ONE);
        assertThat(table.find(7, 2 * TTL_NANOS)).isEqualTo(ONE);
        assertThat(table.find(7, 3 * TTL_NANOS + 1)).isNull();
        assertThat(table.find(7, 3 * TTL_NANOS + 2))
                .as("asking does not revive it")
                .isNull();
    }

    @Test
    void aKeyThatEndedCanBeLearnedAgain() {
        table.learn(7, ONE, 0);
        table.learn(7, OTHER, 5 * TTL_NANOS);
        assertThat(table.find(7, 5 * TTL_NANOS + 1)).isEqualTo(OTHER);
    }

    @Test
    void theClockMayBeNegativeAndWrapAround() {
        table.learn(7, ONE, Long.MAX_VALUE - 1);
        assertThat(table.find(7, Long.MIN_VALUE + 10)).isEqualTo(ONE);
        assertThat(table.find(7, Long.MIN_VALUE + 2 * TTL_NANOS)).isNull();
    }

    @Test
    void theKeyThatWasNotUsedMakesRoomAndIsCounted() {
        table.learn(7, ONE, 0);
        table.learn(8, ONE, 1);
        assertThat(table.find(7, 2)).isEqualTo(ONE);
        table.learn(9, ONE, 3);
        assertThat(table.find(7, 4)).isEqualTo(ONE);
        assertThat(table.find(8, 4)).isNull();
        assertThat(table.size()).isEqualTo(2);
        assertThat(table.evictions()).isEqualTo(1);
    }

    @Test
    void findingAllocatesNothing() {
        table.learn(7, ONE, 0);
        assertThat(Allocations.perRun(10_000, () -> table.find(7, 1))).isLessThan(1);
    }
}
