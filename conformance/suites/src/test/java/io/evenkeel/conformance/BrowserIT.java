package io.evenkeel.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page in Chromium, over HTTPS: fetch, server-sent events, a download, an upload, WebSockets. */
class BrowserIT {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aPageFindsAllThatItsEndpointDoesOverHttp2() throws Exception {
        assertFindsAll("h2", "2.0");
    }

    @Test
    void aPageFindsAllThatItsEndpointDoesOverHttp1() throws Exception {
        assertFindsAll("http/1.1", "1.1", "--disable-http2");
    }

    private void assertFindsAll(String protocol, String via, String... options) throws Exception {
        TestCertificate certificate = TestCertificate.write(folder);
        try (WebSite site = new WebSite();
                WebSocketEcho echo = new WebSocketEcho();
                RouterProgram router = RouterProgram.start(folder, yaml(certificate, site, echo));
                Program browser = Chromium.open(
                        folder, certificate, "https://localhost:" + router.port("web") + "/page", options)) {
            JsonNode found = result(site, browser);
            assertThat(found.at("/protocol").asText()).as("%s", found).isEqualTo(protocol);
            assertThat(found.at("/fetched/status").asInt()).isEqualTo(200);
            assertThat(found.at("/fetched/protocol").asText()).isEqualTo(protocol);
            assertThat(found.at("/fetched/via").asText()).startsWith(via + " evenkeel");
            assertThat(found.at("/events")).extracting(JsonNode::asInt).containsExactlyElementsOf(events());
            assertThat(found.at("/download").asText()).isEqualTo(site.downloaded());
            assertThat(found.at("/upload/received").asText())
                    .startsWith("binary " + (16 << 20))
                    .isEqualTo(found.at("/upload/sent").asText());
            SocketFindings.assertComplete(found.at("/sockets"));
            assertThat(echo.vias()).hasSize(2).allSatisfy(field -> assertThat(field)
                    .startsWith(via + " evenkeel"));
        }
    }

    private static JsonNode result(WebSite site, Program browser) {
        await().atMost(Program.PATIENCE).until(() -> site.result().isDone() || !browser.runs());
        assertThat(site.result()).as("Chromium said%n%s", browser.said()).isCompleted();
        return site.result().join();
    }

    private static List<Integer> events() {
        return IntStream.range(0, WebSite.EVENTS).boxed().toList();
    }

    private static String yaml(TestCertificate certificate, WebSite site, WebSocketEcho echo) {
        return RouterProgram.yamlWithSockets(
                "{ name: web, address: 127.0.0.1:0, tls: " + certificate.yaml() + " }", echo.port(), site.port());
    }
}
