package io.evenkeel.proxy.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.Http2Client;
import io.evenkeel.proxy.testing.Http2Frame;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Step;
import io.netty.handler.codec.http2.Http2Error;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What costs more to receive than to send is not taken without end: the connection ends with ENHANCE_YOUR_CALM, and is counted. */
final class StreamFloodIT {

    private static final int CALM = (int) Http2Error.ENHANCE_YOUR_CALM.code();

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.plain();

    private interface Frames {
        void send(Http2Client client, int i) throws IOException;
    }

    /** Sends such frames until the connection ends, and tells of the error. */
    private static void flood(String kind, int most, Frames frames) throws IOException {
        double before = count(kind);
        try (Http2Client client = Http2Client.connect(ROUTER.address())) {
            try {
                for (int i = 0; i < most; i++) {
                    frames.send(client, i);
                }
                client.flush();
            } catch (SocketException closed) {
                // the router had enough before all was sent
            }
            try {
                assertThat(client.goAwayError()).isEqualTo(CALM);
            } catch (SocketException | EOFException lost) {
                // a reset may overtake what was written before it; the count below tells
            }
        }
        assertThat(count(kind)).isEqualTo(before + 1);
    }

    private static double count(String kind) {
        return ROUTER.metrics().sum("evenkeel_http2_floods_total", "kind=\"" + kind + "\"");
    }

    /** CVE-2023-44487. */
    @Test
    void rapidResets() throws IOException {
        ROUTER.upstream().always(Step.readRequest().then(Step.untilClosed()));
        flood("resets", 300, (client, i) -> client.reset(client.get("/"), 8));
    }

    /** The same, provoked: a stream that the router has to reset costs as much. */
    @Test
    void faultsThatProvokeResets() throws IOException {
        flood("resets", 300, (client, i) -> client.get("/", "connection: close"));
    }

    @Test
    void pings() throws IOException {
        flood("pings", 3_000, (client, i) -> client.send(Http2Frame.PING, 0, 0, new byte[8]));
    }

    @Test
    void settings() throws IOException {
        flood("settings", 3_000, (client, i) -> client.send(Http2Frame.SETTINGS, 0, 0));
    }

    @Test
    void priorities() throws IOException {
        flood(
                "priorities",
                3_000,
                (client, i) -> client.send(Http2Frame.PRIORITY, 0, 3 + 2 * i, new byte[] {0, 0, 0, 0, 16}));
    }

    @Test
    void windowUpdates() throws IOException {
        flood(
                "window_updates",
                3_000,
                (client, i) -> client.send(Http2Frame.WINDOW_UPDATE, 0, 0, Http2Client.number(1)));
    }

    @Test
    void emptyData() throws IOException {
        ROUTER.upstream().always(Step.readHead().then(Step.untilClosed()));
        flood("empty_data", 3_000, (client, i) -> {
            if (i == 0) {
                client.request(false, "POST", "/");
            }
            client.send(Http2Frame.DATA, 0, 1);
        });
    }

    /** CVE-2024-27983 and its like. */
    @Test
    void continuations() throws IOException {
        flood("continuations", 200, (client, i) -> {
            int type = i == 0 ? Http2Frame.HEADERS : Http2Frame.CONTINUATION;
            client.send(type, 0, 1, client.section("x" + i + ": y"));
        });
    }

    /** A header bomb: one entry of the table, named again and again. */
    @Test
    void aHeaderBombIsRefusedBeforeItIsUnpacked() throws IOException {
        try (Http2Client client = Http2Client.connect(ROUTER.address())) {
            client.response(client.get("/", "x: " + "a".repeat(3_500)));
            client.skipStream();
            byte[] start = client.section(":method: GET", ":scheme: http", ":authority: a.example", ":path: /");
            byte[] bomb = java.util.Arrays.copyOf(start, start.length + 12_000);
            java.util.Arrays.fill(bomb, start.length, bomb.length, (byte) (0x80 | 62));
            client.send(Http2Frame.HEADERS, 5, 3, bomb).flush();
            assertThat(client.response(3).status()).isEqualTo("431");
            assertThat(client.response(client.request(true, "GET", "/")).status())
                    .isEqualTo("200");
        }
    }

    /** Pings in the rhythm of work, as gRPC measures with them, are no flood. */
    @Test
    void pingsBesideWorkAreNoFlood() throws IOException {
        try (Http2Client client = Http2Client.connect(ROUTER.address())) {
            for (int i = 0; i < 600; i++) {
                for (int ping = 0; ping < 4; ping++) {
                    client.send(Http2Frame.PING, 0, 0, new byte[8]);
                }
                assertThat(client.response(client.get("/")).status()).isEqualTo("200");
            }
        }
    }
}
