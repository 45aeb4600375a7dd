package io.evenkeel.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class Http1ConnectionTest extends PoolFixture {

    @Test
    void bytesGoToTheUserAndNobodyElse() throws IOException {
        EndpointPool pool = pool(limits(1, 8, 8));
        Waiting first = acquire(pool);
        recycle(first);
        Waiting second = acquire(pool);
        send(accepted(0), "hello");

        await().until(() -> !second.received.isEmpty());
        assertThat(String.join("", second.received)).isEqualTo("hello");
        assertThat(first.received).isEmpty();
    }

    /** RFC 9112 §9.2: bytes that nobody asked for would be taken for the next response. */
    @Test
    void unsolicitedBytesCloseAnIdleConnection() throws IOException {
        EndpointPool pool = pool(limits(1, 8, 8));
        Waiting first = acquire(pool);
        recycle(first);
        send(accepted(0), "HTTP/1.1 408 Request Timeout\r\n\r\n");
        assertClosed(accepted(0));
        Waiting second = acquire(pool);

        assertThat(second.connection()).isNotSameAs(first.connection());
        assertThat(first.received).isEmpty();
        assertThat(second.received).isEmpty();
    }

    @Test
    void aConnectionThatTheEndpointClosedIsNotUsedAgain() throws IOException {
        EndpointPool pool = pool(limits(1, 8, 8));
        Waiting first = acquire(pool);
        recycle(first);
        accepted(0).close();
        await().until(() -> onLoop(pool::unused));

        assertThat(acquire(pool).connection()).isNotSameAs(first.connection());
    }

    /** The close of a channel is told in a later task; meanwhile the connection must not be lent. */
    @Test
    void aConnectionThatHasJustClosedIsNotUsedAgain() {
        EndpointPool pool = pool(limits(8, 8, 8));
        Waiting first = acquire(pool);
        recycle(first);
        Waiting second = new Waiting();
        runOnLoop(() -> {
            ((Http1Connection) first.connection()).channel().close();
            pool.acquire(second, ANY);
        });
        await().until(() -> !second.outcomes.isEmpty());

        assertThat(second.connection()).isNotSameAs(first.connection());
        assertThat(second.received).isEmpty();
    }

    @Test
    void aUserIsToldThatItsConnectionClosedAndOthersGetANewOne() throws IOException {
        EndpointPool pool = pool(limits(1, 8, 8));
        Waiting first = acquire(pool);
        Waiting second = ask(pool);
        accepted(0).close();

        await().until(() -> !second.outcomes.isEmpty());
        assertThat(first.received).containsExactly("closed");
        assertThat(second.connection()).isNotSameAs(first.connection());
    }

    /** RFC 9112 §8: what ends by a reset has not ended as it should. */
    @Test
    void aUserIsToldThatItsConnectionBroke() throws IOException {
        EndpointPool pool = pool(limits(1, 8, 8));
        Waiting user = acquire(pool);
        accepted(0).setSoLinger(true, 0);
        accepted(0).close();

        await().until(() -> !user.received.isEmpty());
        assertThat(user.received).containsExactly("broken");
    }

    @Test
    void aDiscardedConnectionIsClosedAndItsUserHearsNoMore() throws IOException {
        EndpointPool pool = pool(limits(1, 8, 8));
        Waiting first = acquire(pool);
        Waiting second = ask(pool);
        runOnLoop(first.connection()::discard);
        assertClosed(accepted(0));

        await().until(() -> !second.outcomes.isEmpty());
        assertThat(first.received).isEmpty();
    }
}
