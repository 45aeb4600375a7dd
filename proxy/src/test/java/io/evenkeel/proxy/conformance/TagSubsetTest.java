package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.ConfigFile;
import io.evenkeel.config.RouterConfig;
import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RecordingUpstream;
import io.evenkeel.proxy.testing.RouterFixture;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A route's requests go to endpoints that have its tags, and a reload may ask for others. */
@Timeout(60)
final class TagSubsetTest {

    @Test
    void requestsGoWhereTheTagsAreAndElsewhereOnlyAsTheFallbackAllows() throws Exception {
        try (RecordingUpstream worker = RecordingUpstream.start();
                RouterFixture fixture = RouterFixture.start(web -> config(web, worker.address(), "worker"));
                RawClient client = fixture.client()) {
            for (int i = 0; i < 3; i++) {
                assertThat(get(client, "/work")).isEqualTo(200);
            }
            assertThat(worker.requests()).hasSize(3);
            assertThat(fixture.upstream().requests()).isEmpty();
            assertThat(get(client, "/strict")).isEqualTo(503);
            assertThat(get(client, "/loose")).isEqualTo(200);

            fixture.router().apply(config(fixture.upstream().address(), worker.address(), "web"));
            int before = fixture.upstream().requests().size();
            for (int i = 0; i < 3; i++) {
                assertThat(get(client, "/work")).isEqualTo(200);
            }
            assertThat(fixture.upstream().requests()).hasSize(before + 3);
        }
    }

    private static int get(RawClient client, String path) throws IOException {
        return client.exchange("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").status();
    }

    private static RouterConfig config(InetSocketAddress web, InetSocketAddress worker, String role) {
        String yaml =
                """
                admin: { address: "127.0.0.1:0" }
                runtime: { event-loops: 1 }
                listeners: [{ name: web, address: "127.0.0.1:0" }]
                routes:
                  - { match: { path: /work }, upstream: u, tags: { role: %s } }
                  - { match: { path: /strict }, upstream: u, tags: { role: nobody } }
                  - { match: { path: /loose }, upstream: u, tags: { role: nobody }, tags-fallback: any }
                upstreams:
                  - name: u
                    endpoints:
                      - endpoint: { address: "127.0.0.1:%d", tags: { role: web } }
                      - endpoint: { address: "127.0.0.1:%d", tags: { role: worker } }
                """
                        .formatted(role, web.getPort(), worker.getPort());
        return ConfigFile.parse("test", yaml, name -> null).orThrow();
    }
}
