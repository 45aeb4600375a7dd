package io.evenkeel.rebalancer.consul;

import io.evenkeel.discovery.InnermostCause;
import io.evenkeel.discovery.consul.ConsulAgents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.kiwiproject.consul.Consul;
import org.kiwiproject.consul.ConsulException;
import org.kiwiproject.consul.model.State;
import org.kiwiproject.consul.model.health.HealthCheck;
import org.kiwiproject.consul.model.health.Node;
import org.kiwiproject.consul.option.ImmutableQueryOptions;
import org.kiwiproject.consul.option.QueryOptions;

/**
 * The nodes as Consul sees them, and a text it keeps for us.
 *
 * <p><b>Threading.</b> One thread at a time asks and waits.
 */
public final class ConsulView {

    private static final String SERF = "serfHealth";

    /** Who registers a node with this says which node of the swarm it is. */
    private static final String SWARM_ID = "swarm_node_id";

    private static final QueryOptions SERF_ONLY = ImmutableQueryOptions.builder()
            .filter("CheckID == \"" + SERF + "\"")
            .build();

    private final ConsulAgents agents;
    private final String memoryKey;

    /** @param memoryKey the key of the text */
    public ConsulView(ConsulAgents agents, String memoryKey) {
        this.agents = agents;
        this.memoryKey = memoryKey;
    }

    /**
     * All nodes that Consul knows.
     *
     * @throws ConsulFailure when no agent answers
     */
    public List<ConsulNode> nodes() {
        return ask(consul -> {
            Map<String, HealthCheck> serf = new HashMap<>();
            consul.healthClient()
                    .getChecksByState(State.ANY, SERF_ONLY)
                    .getResponse()
                    .forEach(check -> serf.put(check.getNode(), check));
            List<ConsulNode> nodes = new ArrayList<>();
            for (Node node : consul.catalogClient().getNodes().getResponse()) {
                HealthCheck check = serf.get(node.getNode());
                if (check != null) {
                    nodes.add(node(node, check));
                }
            }
            return nodes;
        });
    }

    private static ConsulNode node(Node node, HealthCheck serf) {
        String swarmId =
                node.getNodeMeta().map(meta -> meta.getOrDefault(SWARM_ID, "")).orElse("");
        boolean passing = serf.getStatus().equals("passing");
        return new ConsulNode(
                node.getNode(),
                swarmId,
                node.getAddress(),
                passing,
                SERF + " " + serf.getStatus() + ": " + serf.getOutput().orElse(""));
    }

    /** The text that was last kept; empty if there is none. */
    public Optional<String> remembered() {
        return ask(consul -> consul.keyValueClient().getValueAsString(memoryKey));
    }

    /** Keeps a text. */
    public void remember(String text) {
        var unused = ask(consul -> consul.keyValueClient().putValue(memoryKey, text));
    }

    /** Asks each agent once, from the one that answered last. */
    private <T> T ask(Function<Consul, T> question) {
        ConsulFailure failure = new ConsulFailure("no agent is configured");
        for (int i = 0; i < agents.size(); i++) {
            String agent = agents.name();
            try {
                return question.apply(agents.client());
            } catch (ConsulException | UnsupportedOperationException | IllegalStateException e) {
                agents.failed(agent);
                failure = new ConsulFailure("consul " + agent + ": " + InnermostCause.message(e));
            }
        }
        throw failure;
    }
}
