package io.evenkeel.rebalancer;

import io.evenkeel.rebalancer.consul.ConsulNode;
import io.evenkeel.rebalancer.swarm.NodeFacts;
import io.evenkeel.rebalancer.trigger.Sighting;
import io.evenkeel.rebalancer.trigger.Sighting.Condition;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Puts together what Swarm and Consul say of nodes. A node that Consul does not know is as Swarm says. Stateless. */
final class Sightings {

    private Sightings() {}

    static List<Sighting> of(List<NodeFacts> swarm, List<ConsulNode> consul) {
        return swarm.stream().map(node -> of(node, match(node, consul))).toList();
    }

    private static Sighting of(NodeFacts node, Optional<ConsulNode> other) {
        String said = node.said();
        Condition condition = node.well() ? Condition.WELL : node.unknown() ? Condition.UNKNOWN : Condition.LOST;
        if (condition == Condition.WELL && other.isPresent() && !other.get().passing()) {
            condition = Condition.LOST;
            said = "Consul says " + other.get().said();
        }
        return new Sighting(node.id(), node.hostname(), condition, node.active(), said);
    }

    /** By what was registered with it, else by host name, else by address. */
    private static Optional<ConsulNode> match(NodeFacts node, List<ConsulNode> consul) {
        List<Predicate<ConsulNode>> ways = List.of(
                one -> one.swarmId().equals(node.id()),
                one -> one.swarmId().isEmpty() && one.name().equals(node.hostname()),
                one -> one.swarmId().isEmpty() && one.address().equals(node.address()));
        return ways.stream().flatMap(way -> consul.stream().filter(way)).findFirst();
    }
}
