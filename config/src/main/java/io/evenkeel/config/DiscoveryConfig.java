package io.evenkeel.config;

/**
 * What the sources of all upstreams share.
 *
 * @param stateFile where the last good endpoints are kept over restarts. File, default none. Read at start; a reload does not move it. None: nowhere, so that a router that
 *     starts while every registry is down has no endpoints.
 * @param consul the Consul agents.
 * @param swarm the Docker engines.
 */
public record DiscoveryConfig(
        @Knob(byDefault = "", format = TextFormat.FILE, need = Knob.Need.FREQUENT) String stateFile,
        @Knob ConsulConfig consul,
        @Knob SwarmConfig swarm) {

    /** What a file that says nothing gets. */
    public static DiscoveryConfig defaults() {
        return Binder.defaults(DiscoveryConfig.class);
    }
}
