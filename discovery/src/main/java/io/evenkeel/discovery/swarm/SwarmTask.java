package io.evenkeel.discovery.swarm;

import java.util.List;
import java.util.Set;

/**
 * A task of a service. Immutable.
 *
 * @param nodeId the node it is assigned to; empty before that
 * @param slot which of a service's replicas it is; 0 where there is one per node
 * @param desired the state it should be in, such as {@code running} or {@code shutdown}
 * @param state the state it is in, such as {@code preparing} or {@code running}; one with a health check is running only once healthy
 * @param attachments the networks it is on
 * @param ports what it publishes on its node
 */
public record SwarmTask(
        String id,
        String serviceId,
        String nodeId,
        int slot,
        String desired,
        String state,
        List<Attachment> attachments,
        List<Port> ports) {

    private static final String RUNNING = "running";

    /** States on the way to running. */
    private static final Set<String> BEFORE_RUNNING =
            Set.of("new", "allocated", "pending", "assigned", "accepted", "preparing", "ready", "starting");

    public SwarmTask {
        attachments = List.copyOf(attachments);
        ports = List.copyOf(ports);
    }

    /** Whether it serves and should go on serving. */
    public boolean serving() {
        return desired.equals(RUNNING) && state.equals(RUNNING);
    }

    /** Whether it should serve, but does not yet. */
    boolean coming() {
        return desired.equals(RUNNING) && BEFORE_RUNNING.contains(state);
    }

    /**
     * A network it is on.
     *
     * @param ingress whether it is the one that only carries the routing mesh
     * @param address an IP literal; empty where it has none of its own, as on the network of its node
     */
    public record Attachment(String network, boolean ingress, String address) {}

    /**
     * A port published on its node, without the routing mesh.
     *
     * @param target the port in the container
     * @param published the port of the node
     */
    public record Port(int target, int published) {}
}
