package io.evenkeel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.conformance.Autobahn.Outcome;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WebSocket through the router, by Autobahn's suite: every case ends as it does without the router. */
class AutobahnIT {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void framesFragmentsTextsAndCloses() throws Exception {
        assertSame(List.of("1.*", "2.*", "3.*", "4.*", "5.*", "6.*", "7.*", "10.*"), 247);
    }

    /** Each with a client of its own: in one that has sent many megabytes, Python stands still sooner or later. */
    @ParameterizedTest
    @CsvSource({"9.1.*, 6", "9.2.*, 6", "9.3.*, 9", "9.4.*, 9", "9.5.*, 6", "9.6.*, 6", "9.7.*, 6", "9.8.*, 6"})
    @Tag("full")
    void longMessages(String cases, int count) throws Exception {
        assertSame(List.of(cases), count);
    }

    private void assertSame(List<String> cases, int count) throws Exception {
        try (WebSocketEcho echo = new WebSocketEcho();
                RouterProgram router = RouterProgram.start(
                        folder, RouterProgram.yaml("{ name: web, address: 127.0.0.1:0 }", "", echo.port()))) {
            assertIsTurned(router.port("web"));
            Map<String, Map<String, Outcome>> outcomes =
                    Autobahn.run(folder, cases, Map.of("direct", echo.port(), "router", router.port("web")));
            Map<String, Outcome> direct = Objects.requireNonNull(outcomes.get("direct"));
            Map<String, Outcome> routed = Objects.requireNonNull(outcomes.get("router"));
            assertThat(direct).hasSize(count);
            assertThat(routed).hasSameSizeAs(direct);
            assertThat(direct).allSatisfy((name, outcome) -> assertThat(routed.get(name))
                    .as("case %s", name)
                    .matches(outcome::agrees, "as directly: " + outcome));
        }
    }

    /** The suite waits for ever for what becomes of a connection that is not turned into a WebSocket. */
    private static void assertIsTurned(int port) throws Exception {
        HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/"), new WebSocket.Listener() {})
                .get(Program.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .abort();
    }
}
