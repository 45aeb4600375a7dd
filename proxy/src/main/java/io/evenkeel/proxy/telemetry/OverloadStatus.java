package io.evenkeel.proxy.telemetry;

import java.util.Map;

/**
 * How scarce the router's own resources are at one moment, for metrics. Immutable.
 *
 * @param pressures the used share of each resource's limit, by its label
 * @param actions whether each action is in force, by its label
 */
public record OverloadStatus(Map<String, Double> pressures, Map<String, Boolean> actions) {}
