package io.evenkeel.lab.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Where lab/lab keeps what is running: a folder per node, with the engine's socket and what was done to the node. Immutable. */
public record LabFolder(Path run) {

    /** This machine's address on the bridge. */
    public static final String BRIDGE = "10.99.0.254";

    /** That of this machine. */
    public static LabFolder ofThisMachine() {
        return new LabFolder(
                Path.of(Objects.requireNonNullElse(System.getenv("EVENKEEL_LAB_DIR"), "/var/tmp/evenkeel-lab"), "run"));
    }

    /** Nodes that have an engine, n1 first. */
    public List<String> nodes() {
        if (!Files.isDirectory(run)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(run)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.matches("n\\d") && Files.exists(socket(name)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nodes that nothing was done to. */
    public List<String> sound() {
        return nodes().stream().filter(node -> !failed(node)).toList();
    }

    /** Whether a node was failed on purpose and is not recovered yet. */
    public boolean failed(String node) {
        return Files.exists(run.resolve(node).resolve("how"));
    }

    /** The engine's. */
    public Path socket(String node) {
        return run.resolve(node).resolve("docker.sock");
    }

    /** Where a container's output goes. */
    public Path log(String node, String container) {
        return run.resolve(node).resolve("data/containers").resolve(container).resolve(container + "-json.log");
    }

    /** Whether there is a bridge; without it the nodes' addresses are somebody else's. */
    public boolean bridged() {
        try {
            return NetworkInterface.getByInetAddress(InetAddress.getByName(BRIDGE)) != null;
        } catch (IOException e) {
            return false;
        }
    }

    /** The node's address on the bridge. */
    public static String address(String node) {
        return "10.99.0." + node.substring(1);
    }
}
