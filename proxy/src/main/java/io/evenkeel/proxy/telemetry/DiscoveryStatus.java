package io.evenkeel.proxy.telemetry;

import io.evenkeel.discovery.DiscoveryEvent;
import io.evenkeel.discovery.LastGoodStore;
import io.evenkeel.discovery.NodeStatus;
import java.util.List;
import java.util.Map;

/**
 * What is known of discovery at one moment that belongs to no upstream alone, for metrics. Immutable.
 *
 * @param events how many events of each kind there were
 * @param nodes the cluster nodes each source knows
 * @param labelProblems how many labels of Swarm services are wrong
 * @param stateFile how the file fares in which the last good endpoints are kept
 */
public record DiscoveryStatus(
        Map<DiscoveryEvent.Kind, Long> events,
        Map<String, List<NodeStatus>> nodes,
        int labelProblems,
        LastGoodStore.Status stateFile) {}
