package io.evenkeel.discovery.swarm;

import io.evenkeel.discovery.Endpoint;

/** A task that serves, and the endpoint it is. Immutable. */
public record TaskEndpoint(SwarmService service, SwarmTask task, Endpoint endpoint) {}
