package io.evenkeel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/** What {@code sockets.mjs} finds at an endpoint that echoes. */
final class SocketFindings {

    /** Longer than 64 KiB, from where on a frame's length has eight octets. */
    private static final int LONG = 200_000;

    private static final int LONGEST = 300_000;

    private SocketFindings() {}

    /** Every payload came back as it was sent, and both sides closed with the code and the reason that the other one gave. */
    static void assertComplete(JsonNode found) {
        assertThat(found.at("/sent"))
                .extracting(payload -> payload.asText().replaceAll(" [0-9a-f]{64}$", ""))
                .containsExactly("text 11", "text " + LONG, "binary 256", "binary " + LONGEST);
        assertThat(found.at("/closed/received")).as("%s", found).isEqualTo(found.at("/sent"));
        assertClosed(found.at("/closed"), 4321, "enough");
        assertThat(found.at("/closedByEndpoint/received")).isEmpty();
        assertClosed(found.at("/closedByEndpoint"), 4001, "as asked");
    }

    private static void assertClosed(JsonNode socket, int code, String reason) {
        assertThat(socket.at("/code").asInt()).as("%s", socket).isEqualTo(code);
        assertThat(socket.at("/reason").asText()).isEqualTo(reason);
        assertThat(socket.at("/wasClean").asBoolean()).isTrue();
    }
}
