package io.evenkeel.lab.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Where lab/lab keeps what is running: a folder per node, with the engine's socket and what was done to the node. Immutable. */
public record LabFolder(Path run) {

    /** This machine's address on the bridge. */
    public static final String BRIDGE = "10.99.0.254";

    private static final int NODES = 3;

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
        return Files.exists(how(node));
    }

    /** What was done to it. */
    private Path how(String node) {
        return run.resolve(node).resolve("how");
    }

    /** The engine's. */
    public Path socket(String node) {
        return run.resolve(node).resolve("docker.sock");
    }

    /** Where a container's output goes. */
    public Path log(String node, String container) {
        return run.resolve(node).resolve("data/containers").resolve(container).resolve(container + "-json.log");
    }

    /**
     * Whether the lab is up: there are three nodes, and the engine of each listens but for those that have no power. What is left in the folder of one
     * whose processes have ended, as on a machine that was started again, is not up.
     */
    public boolean up() {
        return bridged() && enginesListen();
    }

    boolean enginesListen() {
        List<String> powered = nodes().stream().filter(node -> !powerless(node)).toList();
        return nodes().size() >= NODES && !powered.isEmpty() && powered.stream().allMatch(this::listens);
    }

    private boolean powerless(String node) {
        try {
            return failed(node) && Files.readString(how(node)).strip().equals("kill");
        } catch (IOException e) {
            return false; // it was recovered just now
        }
    }

    /** A paused one does, too. */
    private boolean listens(String node) {
        try (SocketChannel engine = SocketChannel.open(UnixDomainSocketAddress.of(socket(node)))) {
            return engine.isConnected();
        } catch (IOException e) {
            return false;
        }
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
