package io.evenkeel.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.proxy.telemetry.Failure;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class Http1PoolInterruptTest extends PoolFixture {

    @Test
    void whoeverUsesTheEndpointIsToldToGiveItUp() throws IOException {
        EndpointPool pool = pool(limits(8, 8, 8));
        Waiting first = acquire(pool);
        Waiting second = acquire(pool);
        runOnLoop(() -> pool.interrupt(Failure.SHUTDOWN));

        assertThat(first.received).containsExactly("shutdown");
        assertThat(second.received).containsExactly("shutdown");
        assertClosed(accepted(0));
        assertClosed(accepted(1));
    }

    @Test
    void whoeverWaitsForAConnectionGetsNone() {
        EndpointPool pool = pool(limits(1, 8, 8));
        acquire(pool);
        Waiting waits = ask(pool);
        runOnLoop(() -> pool.interrupt(Failure.SHUTDOWN));

        assertThat(waits.outcomes).containsExactly(Failure.SHUTDOWN);
    }

    @Test
    void aConnectionThatIsInUseNoMoreIsNotInterrupted() {
        EndpointPool pool = pool(limits(8, 8, 8));
        Waiting[] users = {acquire(pool), acquire(pool), acquire(pool)};
        recycle(users[1]);
        runOnLoop(() -> pool.interrupt(Failure.SHUTDOWN));

        assertThat(users[0].received).containsExactly("shutdown");
        assertThat(users[1].received).isEmpty();
        assertThat(users[2].received).containsExactly("shutdown");
        assertThat(acquire(pool).connection()).isSameAs(users[1].connection());
    }

    @Test
    void whoComesBackBecauseOfTheInterruptionIsLeftAlone() {
        EndpointPool pool = pool(limits(1, 8, 8));
        acquire(pool);
        Waiting again = new Waiting();
        runOnLoop(() -> pool.acquire(new Stubborn(pool, again), ANY));
        runOnLoop(() -> pool.interrupt(Failure.SHUTDOWN));

        await().until(() -> !again.outcomes.isEmpty());
        assertThat(again.connection()).isNotNull();
        assertThat(again.received).isEmpty();
    }
}
