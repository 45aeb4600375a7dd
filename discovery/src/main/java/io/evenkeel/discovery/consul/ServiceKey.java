package io.evenkeel.discovery.consul;

/**
 * What two sources must have in common to share one watch. Immutable.
 *
 * @param datacenter empty: the agent's own
 * @param filter judged by the agent; empty: none
 */
record ServiceKey(String datacenter, String service, String filter) {}
