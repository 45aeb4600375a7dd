package io.evenkeel.perf.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConstantRateTest {

    private final Client client = new Client("/small");

    @AfterEach
    void closes() {
        client.close();
    }

    @Test
    void everyRecordedRequestIsCountedOnce() throws Exception {
        try (TestServer server = TestServer.answering("200 OK")) {
            Outcome outcome = run(server, new Plan(5000, 100, 1000), 4);

            assertThat(outcome.latencies().getTotalCount()).isEqualTo(1000);
            assertThat(outcome.errors()).isZero();
            assertThat(server.requests()).isEqualTo(1100);
        }
    }

    @Test
    void anotherStatusThanSuccessIsAnError() throws Exception {
        try (TestServer server = TestServer.answering("503 Service Unavailable")) {
            Outcome outcome = run(server, new Plan(5000, 0, 10), 1);

            assertThat(outcome.errors()).isEqualTo(10);
            assertThat(outcome.latencies().getTotalCount()).isZero();
        }
    }

    /** With one connection and a stall until 100 requests are due, half of them at least waited for half the stall. */
    @Test
    void requestsThatBecomeDueDuringAStallAreChargedWithIt() throws Exception {
        try (TestServer server = TestServer.stallingFirst(TimeUnit.MILLISECONDS.toNanos(100))) {
            Outcome outcome = run(server, new Plan(1000, 0, 100), 1);

            assertThat(outcome.latencies().getValueAtPercentile(50)).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(40));
        }
    }

    @Test
    void losingTheLastConnectionFailsTheRun() throws Exception {
        try (TestServer server = TestServer.closing()) {
            assertThatThrownBy(() -> run(server, new Plan(1000, 0, 100), 1))
                    .hasMessageContaining("closed by the other side");
        }
    }

    private Outcome run(TestServer server, Plan plan, int connections) throws Exception {
        ConstantRate rate = new ConstantRate(client.loop(), plan, connections);
        InetSocketAddress address = server.address();
        try (Connections open = Connections.open(client, address, rate, connections)) {
            assertThat(open.count()).isEqualTo(connections);
            client.loop().execute(rate::begin);
            return rate.outcome().get(30, TimeUnit.SECONDS);
        }
    }
}
