package io.evenkeel.balancer;

import io.evenkeel.config.RuntimeConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the router runs, as the sources of its endpoints call it.
 *
 * @param node the cluster node
 * @param zone empty when not known
 */
public record RouterPlace(String node, String zone) {

    /** Of a router that does not know: no endpoint is near it. */
    public static final RouterPlace UNKNOWN = new RouterPlace("", "");

    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    /** As configured; the node is the host name when nothing is said. */
    public static RouterPlace of(RuntimeConfig config) {
        return new RouterPlace(config.node().isEmpty() ? hostName() : config.node(), config.zone());
    }

    /** Read from the kernel where it says so, because elsewhere DNS may be asked. */
    private static String hostName() {
        try {
            return Files.isReadable(HOST_NAME)
                    ? Files.readString(HOST_NAME).strip()
                    : InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "";
        }
    }
}
