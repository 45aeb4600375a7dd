package io.evenkeel.rebalancer.consul;

/**
 * A node as Consul sees it. Immutable.
 *
 * @param name by which Consul knows it
 * @param swarmId the id of the node of the swarm, as whoever registered it says; may be empty
 * @param address an IP literal
 * @param passing whether its neighbours take it for alive
 * @param said why
 */
public record ConsulNode(String name, String swarmId, String address, boolean passing, String said) {}
