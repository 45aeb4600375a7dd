package io.evenkeel.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cassandra behind a TCP listener, used by Scylla's driver. It has two ways to the one node: its own address, and a second router that relays to it and
 * is killed while half of the driver's connections go through it.
 */
@Tag("full")
class CqlIT {

    /** The newest Java that Cassandra 5 runs on. */
    private static final int CASSANDRA_JAVA = 17;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void schemaRowsAndPreparedStatementsWorkAndAKilledEndpointIsGotOver() throws Exception {
        assumeTrue(Runtime.version().feature() == CASSANDRA_JAVA, "Cassandra 5 runs on Java 17");
        try (Cassandra cassandra = Cassandra.start(folder);
                RouterProgram relay = RouterProgram.start(folder, tcp(cassandra.port()));
                RouterProgram router = RouterProgram.start(folder, tcp(cassandra.port(), relay.port("cql")));
                Program driver = driver(router.port("cql"))) {
            driver.awaitLine("schema as made");
            driver.awaitLine("50 rows of 200000 bytes as written");
            driver.awaitLine("waiting with 9 connections");
            assertThat(relay.metric("evenkeel_connections", "side=\"downstream\""))
                    .as("connections that went through the relay")
                    .isBetween(3.0, 6.0);
            relay.kill();
            Files.createFile(killed());
            driver.awaitLine("recovered");
            assertThat(driver.awaitEnd(Program.PATIENCE)).isZero();
        }
    }

    @Test
    void theHealthCheckSeesCassandraAndThatItIsKilled() throws Exception {
        assumeTrue(Runtime.version().feature() == CASSANDRA_JAVA, "Cassandra 5 runs on Java 17");
        try (Cassandra cassandra = Cassandra.start(folder);
                RouterProgram router = RouterProgram.start(
                        folder,
                        tcp(cassandra.port())
                                + "    health-check: { cql: {}, interval: 2s, fast-interval: 200ms }\n")) {
            router.awaitHealth(cassandra.port(), "healthy: CQL 3\\.4\\.7");
            assertThat(router.metric("evenkeel_endpoint_up")).isEqualTo(1);
            cassandra.kill();
            router.awaitHealth(cassandra.port(), "unhealthy: connection refused");
            assertThat(router.metric("evenkeel_endpoint_up")).isZero();
        }
    }

    private Program driver(int port) throws IOException {
        return Program.start(List.of(
                House.java(),
                "-Xmx256m",
                "-cp",
                House.classes() + File.pathSeparator + House.lib("cql") + "/*",
                CqlCases.class.getName(),
                String.valueOf(port),
                killed().toString()));
    }

    private Path killed() {
        return folder.resolve("killed");
    }

    private static String tcp(int... endpoints) {
        StringBuilder yaml = new StringBuilder(
                "listeners: [{ name: cql, address: 127.0.0.1:0, protocol: tcp, tcp: { upstream: cassandra } }]\n"
                        + "upstreams:\n  - name: cassandra\n    endpoints:\n");
        for (int port : endpoints) {
            yaml.append("      - { static: [\"127.0.0.1:").append(port).append("\"] }\n");
        }
        return yaml.toString();
    }
}
