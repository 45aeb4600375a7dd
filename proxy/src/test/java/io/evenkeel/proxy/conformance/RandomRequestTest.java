package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RecordedRequest;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Wire;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ten thousand requests that are nearly right, judged by Netty's strict decoder: whatever it rejects, the router rejects. */
@Timeout(120)
final class RandomRequestTest {

    private static final int REQUESTS = 10_000;
    private static final long SEED = 20_261_121L;

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.plain();

    @Test
    void nothingThatTheStrictDecoderRejectsIsServedOrForwarded() throws IOException {
        RequestMutator mutator = new RequestMutator(SEED);
        List<String> faults = new ArrayList<>();
        int rejected = 0;
        for (int i = 0; i < REQUESTS; i++) {
            String input = mutator.next();
            StrictDecoder oracle = StrictDecoder.judge(input);
            rejected += oracle.rejects() ? 1 : 0;
            check(input, oracle, faults);
        }
        assertThat(faults).isEmpty();
        assertThat(rejected).as("inputs that were worth sending").isGreaterThan(REQUESTS / 10);
        try (RawClient client = ROUTER.client()) {
            assertThat(client.exchange(Verdict.CANARY).status())
                    .as("the router after it")
                    .isEqualTo(200);
        }
    }

    private static void check(String input, StrictDecoder oracle, List<String> faults) throws IOException {
        ROUTER.upstream().reset();
        int served = served(input);
        List<String> violations = ROUTER.upstream().violations();
        if (!violations.isEmpty()) {
            faults.add(violations + " forwarded for " + Wire.visible(input));
        }
        if (oracle.rejects() && Math.max(served, whole()) > oracle.whole()) {
            faults.add("served " + served + ", forwarded " + whole() + " of " + Wire.visible(input));
        }
    }

    private static int whole() {
        return (int) ROUTER.upstream().requests().stream()
                .filter(RecordedRequest::complete)
                .count();
    }

    /** Sends, closes the sending side, and counts the 2xx until the router closes. */
    private static int served(String input) throws IOException {
        int served = 0;
        try (RawClient client = ROUTER.client()) {
            client.sendWhilePeerListens(input).halfCloseWhilePeerListens();
            while (!client.peerCloses()) {
                served += client.read().status() / 100 == 2 ? 1 : 0;
            }
        } catch (EOFException | SocketException brokenOff) {
            return served;
        }
        return served;
    }
}
