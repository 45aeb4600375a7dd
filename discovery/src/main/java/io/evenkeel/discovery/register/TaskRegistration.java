package io.evenkeel.discovery.register;

import io.evenkeel.config.LabelConfig;
import io.evenkeel.discovery.swarm.TaskEndpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A task as it stands in Consul. Immutable.
 *
 * @param id the id of the task
 * @param service the upstream that its labels name
 * @param weight share of the traffic while it is healthy
 */
record TaskRegistration(
        String id, String service, String address, int port, int weight, List<String> tags, Map<String, String> meta) {

    /** By this entry of their metadata registrations of ours are known. */
    static final String BY = "registered-by";

    static final String US = "evenkeel";

    TaskRegistration {
        tags = List.copyOf(tags);
        meta = Map.copyOf(meta);
    }

    static TaskRegistration of(TaskEndpoint task) {
        LabelConfig labels = task.service().labels().settings();
        return new TaskRegistration(
                task.task().id(),
                task.service().labels().upstream(),
                task.endpoint().address().getAddress().getHostAddress(),
                task.endpoint().address().getPort(),
                task.endpoint().weight(),
                labels.tags().stream().distinct().toList(),
                meta(task));
    }

    private static Map<String, String> meta(TaskEndpoint task) {
        Map<String, String> meta = new HashMap<>(Map.of(
                BY,
                US,
                "swarm_node_id",
                task.task().nodeId(),
                "swarm_service",
                task.service().name()));
        task.endpoint().node().ifPresent(node -> meta.put("node", node));
        return meta;
    }

    @Override
    public String toString() {
        return "task " + id + " as " + service + " at " + address + ":" + port;
    }
}
