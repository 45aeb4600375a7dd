package io.evenkeel.discovery.swarm;

import io.evenkeel.discovery.Literals;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where a task is dialled: at its own address on the network that is meant, or at its node's address when it has none of its own.
 *
 * @param network the network that is meant, {@value #HOST} for the node's own; empty: the only one there is
 * @param port where it listens; 0 when nobody said
 */
record TaskAddress(String network, int port) {

    /** What Docker calls the network of the node itself. */
    static final String HOST = "host";

    /** @throws NoAddress when there is no such address, with what there is instead */
    InetSocketAddress of(SwarmTask task, Optional<SwarmNode> node) {
        List<SwarmTask.Attachment> own = task.attachments().stream()
                .filter(on -> !on.ingress() && !on.address().isEmpty())
                .toList();
        return network.equals(HOST) || own.isEmpty() ? onNode(task, node) : onNetwork(own);
    }

    private InetSocketAddress onNetwork(List<SwarmTask.Attachment> own) {
        String names = own.stream().map(SwarmTask.Attachment::network).collect(Collectors.joining(" and "));
        List<SwarmTask.Attachment> meant = own.stream()
                .filter(on -> network.isEmpty() || on.network().equals(network))
                .toList();
        if (meant.isEmpty()) {
            throw new NoAddress("is not on network " + network + " but on " + names);
        }
        if (meant.size() > 1) {
            throw new NoAddress(
                    "is on networks " + names
                            + " (expected: one of them as network of the source, of discovery.swarm or of label evenkeel.network)");
        }
        if (port == 0) {
            throw new NoAddress("has no port (expected: label evenkeel.port, or a port of the source)");
        }
        return new InetSocketAddress(literal(meant.get(0).address()), port);
    }

    private InetSocketAddress onNode(SwarmTask task, Optional<SwarmNode> node) {
        String address = node.map(SwarmNode::address)
                .orElseThrow(() -> new NoAddress("runs on node " + task.nodeId() + ", which is not listed"));
        return new InetSocketAddress(literal(address), portOfNode(task));
    }

    private int portOfNode(SwarmTask task) {
        boolean onHost = task.attachments().stream().anyMatch(on -> on.network().equals(HOST));
        if (onHost && port != 0) {
            return port;
        }
        List<SwarmTask.Port> published = task.ports().stream()
                .filter(one -> port == 0 || one.target() == port)
                .toList();
        if (published.size() != 1) {
            throw new NoAddress("has no network but ingress and publishes " + (published.isEmpty() ? "no" : "several")
                    + " TCP ports in host mode" + (port == 0 ? "" : " for port " + port));
        }
        return published.get(0).published();
    }

    private static InetAddress literal(String address) {
        return Literals.address(address).orElseThrow(() -> new NoAddress("has the address \"" + address + "\""));
    }
}
