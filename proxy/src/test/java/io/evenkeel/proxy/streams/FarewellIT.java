package io.evenkeel.proxy.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.Router;
import io.evenkeel.proxy.testing.Http2Client;
import io.evenkeel.proxy.testing.Http2Frame;
import io.evenkeel.proxy.testing.Http2Response;
import io.evenkeel.proxy.testing.RecordingUpstream;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Step;
import io.evenkeel.proxy.testing.TestConfig;
import io.evenkeel.proxy.testing.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a client's HTTP/2 connection ends (RFC 9113 §6.8). */
final class FarewellIT {

    @Test
    void aConnectionIsUsedUpAfterItsLastRequest() throws IOException {
        try (RouterFixture router = RouterFixture.plainWith("listeners.0.limits.maxRequestsPerConnection", 2);
                Http2Client client = Http2Client.connect(router.address())) {
            assertThat(client.response(client.get("/")).status()).isEqualTo("200");
            int last = client.get("/");
            assertThat(client.response(last).status()).isEqualTo("200");
            Http2Frame goAway = client.goAway(0);
            assertThat(goAway.error()).isZero();
            assertThat(goAway.number(0)).isEqualTo(last);
            client.untilClosed();
        }
    }

    @Test
    void aSilentConnectionIsSentAway() throws IOException {
        try (RouterFixture router = RouterFixture.plainWith("listeners.0.timeouts.keepAlive", Duration.ofMillis(300));
                Http2Client client = Http2Client.connect(router.address())) {
            assertThat(client.response(client.get("/")).status()).isEqualTo("200");
            assertThat(client.goAway(0).error()).isZero();
            client.untilClosed();
        }
    }

    @Test
    void aClientThatNeverGreetsIsClosed() throws IOException {
        try (RouterFixture router = RouterFixture.plainWith("listeners.0.timeouts.head", Duration.ofMillis(300));
                Http2Client client = Http2Client.silent(router.address())) {
            client.socket().getOutputStream().write(Wire.octets("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
            client.untilClosed();
        }
    }

    /** The first GOAWAY names no last stream, the second does: what is not behind that one is served. */
    @Test
    void whenTheListenerGoesNoRequestIsLost() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        try (RecordingUpstream upstream = RecordingUpstream.start();
                Router router = Router.start(TestConfig.plain(upstream.address()));
                Http2Client client = Http2Client.connect(router.address("web"))) {
            upstream.next(Step.readRequest()
                    .then(Step.signal(asked))
                    .then(Step.await(gate))
                    .then(Step.send(Step.OK)));
            int before = client.keepWindows().get("/");
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            Thread end = new Thread(router::shutdown);
            end.start();
            assertThat(client.goAway(0).number(0)).isEqualTo(Integer.MAX_VALUE);
            int crossing = client.get("/");
            Http2Frame last = client.goAway(1);
            assertThat(last.error()).isZero();
            assertThat(last.number(0)).isBetween(before, crossing);
            gate.countDown();
            assertThat(client.response(before).status()).isEqualTo("200");
            Http2Response crossed = client.sofar(crossing);
            if (last.number(0) == crossing) {
                assertThat(client.response(crossing).status()).isEqualTo("200");
            } else {
                assertThat(crossed.sections).as("not served, as GOAWAY says").isEmpty();
            }
            client.untilClosed();
            end.join();
        }
    }
}
