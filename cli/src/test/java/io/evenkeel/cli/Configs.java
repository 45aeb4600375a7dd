package io.evenkeel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Configuration files for tests. */
final class Configs {

    private Configs() {}

    /** A router on free ports in front of one endpoint; it stops without grace. */
    static String router(String endpoint) {
        return router("127.0.0.1:0", endpoint);
    }

    /** A router that listens on the address. */
    static String router(String address, String endpoint) {
        return """
                admin: { address: "127.0.0.1:0" }
                listeners:
                  - { name: web, address: "%s", protocol: http }
                routes:
                  - { match: { path-prefix: / }, upstream: vvm }
                upstreams:
                  - { name: vvm, endpoints: [ static: ["%s"] ] }
                shutdown: { grace: 0s, deadline: 20s }
                """
                .formatted(address, endpoint);
    }

    static Path write(Path folder, String yaml) throws IOException {
        return Files.writeString(folder.resolve("evenkeel.yaml"), yaml);
    }
}
