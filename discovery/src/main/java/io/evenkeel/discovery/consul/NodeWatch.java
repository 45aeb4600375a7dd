package io.evenkeel.discovery.consul;

import io.evenkeel.discovery.NodeRegistry;
import io.evenkeel.discovery.NodeStatus;
import java.time.Duration;
import java.util.List;

/**
 * The nodes as their neighbours see them, reported as {@value #SOURCE}. A failure reports nothing: what was said before stays true.
 *
 * <p><b>Threading.</b> Confined to the scheduler.
 */
final class NodeWatch implements Watch.Listener<List<Check>> {

    static final String SOURCE = "consul";

    /** The index that is watched moves with every check of the cluster, and nodes are not in such a hurry. */
    private static final Duration REFILL = Duration.ofSeconds(1);

    private final NodeRegistry nodes;

    private NodeWatch(NodeRegistry nodes) {
        this.nodes = nodes;
    }

    /** Starts watching; ends with the watches. */
    static void start(Watches watches, String datacenter, NodeRegistry nodes) {
        Question<List<Check>> question = Question.checks(datacenter, "CheckID == \"" + Check.SERF + "\"");
        watches.start(question, REFILL, new NodeWatch(nodes));
    }

    @Override
    public void onAnswer(Reply<List<Check>> reply, List<Check> checks) {
        nodes.report(
                SOURCE,
                checks.stream()
                        .filter(check -> check.id().equals(Check.SERF))
                        .map(NodeWatch::status)
                        .toList());
    }

    @Override
    public void onFailure(String reason) {}

    private static NodeStatus status(Check check) {
        String output = check.output().isEmpty() ? "" : ": " + check.output();
        return new NodeStatus(check.node(), check.passing(), Check.SERF + " " + check.status() + output);
    }
}
