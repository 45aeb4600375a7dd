package io.evenkeel.rebalancer.plan;

/**
 * A task that Swarm wants to run. Immutable.
 *
 * @param nodeId where; empty while it is not assigned
 * @param slot which replica of its service it is
 * @param running whether it runs already; one with a health check is running only once healthy
 */
public record Task(String id, String serviceId, String nodeId, int slot, boolean running) {}
