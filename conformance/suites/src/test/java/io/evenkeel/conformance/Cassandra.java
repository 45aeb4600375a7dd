package io.evenkeel.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One Cassandra node on 127.0.0.1, with its data in a folder. */
final class Cassandra implements AutoCloseable {

    private static final List<String> EXPORTS = List.of(
            "java.base/jdk.internal.misc",
            "java.base/java.lang.ref",
            "java.base/java.lang.reflect",
            "java.management.rmi/com.sun.jmx.remote.internal.rmi",
            "java.rmi/sun.rmi.registry",
            "java.rmi/sun.rmi.server",
            "java.sql/java.sql",
            "jdk.unsupported/sun.misc");

    private static final List<String> OPENED = List.of(
            "java.base/java.io",
            "java.base/java.lang",
            "java.base/java.lang.module",
            "java.base/java.lang.reflect",
            "java.base/java.net",
            "java.base/java.nio",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/jdk.internal.loader",
            "java.base/jdk.internal.math",
            "java.base/jdk.internal.module",
            "java.base/jdk.internal.ref",
            "java.base/jdk.internal.reflect",
            "java.base/jdk.internal.util.jar",
            "java.base/sun.nio.ch",
            "jdk.management/com.sun.management.internal");

    private final Program program;
    private final int port;

    private Cassandra(Program program, int port) {
        this.program = program;
        this.port = port;
    }

    /** Starts it and waits until it takes CQL. */
    static Cassandra start(Path folder) throws IOException {
        int port = Ports.free();
        Path config = Files.writeString(folder.resolve("cassandra.yaml"), yaml(port));
        Cassandra cassandra = new Cassandra(Program.start(command(folder, config)), port);
        try {
            cassandra.program.awaitLine("Starting listening for CQL clients");
            return cassandra;
        } catch (AssertionError | RuntimeException e) {
            cassandra.close();
            throw e;
        }
    }

    int port() {
        return port;
    }

    /** As the loss of a machine. */
    void kill() {
        program.close();
    }

    @Override
    public void close() {
        program.close();
    }

    private static String yaml(int port) throws IOException {
        int storage = Ports.free();
        return String.join(
                "\n",
                "cluster_name: conformance",
                "num_tokens: 1",
                "auto_bootstrap: false",
                "partitioner: org.apache.cassandra.dht.Murmur3Partitioner",
                "endpoint_snitch: SimpleSnitch",
                "commitlog_sync: periodic",
                "commitlog_sync_period: 10000ms",
                "seed_provider:",
                "  - class_name: org.apache.cassandra.locator.SimpleSeedProvider",
                "    parameters: [{ seeds: \"127.0.0.1:" + storage + "\" }]",
                "listen_address: 127.0.0.1",
                "storage_port: " + storage,
                "rpc_address: 127.0.0.1",
                "native_transport_port: " + port,
                "");
    }

    private static List<String> command(Path folder, Path config) {
        List<String> command = new ArrayList<>(
                List.of(House.java(), "-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-Djdk.attach.allowAttachSelf=true"));
        EXPORTS.forEach(name -> command.add("--add-exports=" + name + "=ALL-UNNAMED"));
        OPENED.forEach(name -> command.add("--add-opens=" + name + "=ALL-UNNAMED"));
        command.addAll(List.of(
                "-Dcassandra.config=" + config.toUri(),
                "-Dcassandra.storagedir=" + folder.resolve("data"),
                "-Dcassandra-foreground=yes",
                "-Dcassandra.skip_wait_for_gossip_to_settle=0",
                "-Dcassandra.ring_delay_ms=1",
                "-cp",
                House.lib("cassandra") + "/*",
                "org.apache.cassandra.service.CassandraDaemon"));
        return command;
    }
}
