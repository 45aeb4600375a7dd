package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import java.io.IOException;

/** How the router says no: a status, a short text with the request id and nothing else, and where framing is in doubt the end. */
final class Refusal {

    /** Nothing in an error needs more. */
    private static final int SHORT_OCTETS = 256;

    private Refusal() {}

    /** Sends, reads the refusal and checks that the connection ends, as it says. */
    static void assertClosing(RawClient client, String input, Integer... statuses) throws IOException {
        client.sendWhilePeerListens(input);
        RawResponse response = client.read(input.startsWith("HEAD ") ? "HEAD" : "GET");
        assertThat(response.status()).as("%s", response).isIn((Object[]) statuses);
        assertShort(response);
        assertThat(response.fields().lists("Connection", "close"))
                .as("%s", response)
                .isTrue();
        assertThat(client.peerCloses()).as("connection closed").isTrue();
    }

    /** The body is a short text with a request id and tells nothing about the inside. */
    static void assertShort(RawResponse response) {
        if (response.body().length() == 0) {
            return;
        }
        assertThat(response.fields().joined("Content-Type")).startsWith("text/plain");
        assertThat(response.body().length()).isLessThan(SHORT_OCTETS);
        assertThat(response.body().text())
                .containsPattern("[0-9a-zA-Z-]{8,}")
                .doesNotContainIgnoringCase("exception")
                .doesNotContainIgnoringCase("netty")
                .doesNotContain("127.0.0.1");
    }
}
