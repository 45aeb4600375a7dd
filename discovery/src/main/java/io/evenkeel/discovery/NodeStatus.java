package io.evenkeel.discovery;

/**
 * A cluster node as one source sees it. Immutable.
 *
 * @param name host name, by which sources are compared
 * @param up whether the source takes it for alive
 * @param reason why, in the source's words, such as {@code serfHealth critical: Agent not live or unreachable}
 */
public record NodeStatus(String name, boolean up, String reason) {}
