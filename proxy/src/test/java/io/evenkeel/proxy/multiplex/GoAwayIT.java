package io.evenkeel.proxy.multiplex;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An endpoint that ends its connections in the middle of everything, as orderly as RFC 9113 §6.8 wants it. */
@Timeout(300)
class GoAwayIT extends Http2UpstreamFixture {

    private static final int CLIENTS = 16;
    private static final int GOAWAYS = 1000;

    /** POST, so that nothing but GOAWAY itself allows a second try. */
    @Test
    void aThousandGoAwaysUnderLoadLoseNoRequestAndRepeatNone() throws Exception {
        try (RestlessEndpoint restless = RestlessEndpoint.start()) {
            restartAt(restless.address());
            ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
            List<Future<Integer>> sent = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int client = i;
                sent.add(threads.submit((Callable<Integer>) () -> post(client, restless)));
            }
            int requests = 0;
            for (Future<Integer> each : sent) {
                requests += each.get();
            }
            threads.shutdown();

            assertThat(restless.goAways()).isGreaterThanOrEqualTo(GOAWAYS);
            assertThat(restless.processed()).hasSize(requests);
            assertThat(metric("evenkeel_retries_total"))
                    .as("GOAWAYs that met requests")
                    .isPositive();
        }
    }

    /** Sends one request after the other, each with a number of its own, until there were GOAWAYs enough; each must be answered with its number. */
    private int post(int client, RestlessEndpoint restless) throws IOException {
        int requests = 0;
        try (RawClient connection = client()) {
            while (restless.goAways() < GOAWAYS) {
                String number = client + "-" + requests++;
                connection.send(
                        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + number.length() + "\r\n\r\n" + number);
                assertThat(connection.read().toString()).endsWith(": " + number);
            }
        }
        return requests;
    }
}
