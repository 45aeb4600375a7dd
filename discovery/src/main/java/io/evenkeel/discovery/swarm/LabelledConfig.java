package io.evenkeel.discovery.swarm;

import io.evenkeel.config.RouteConfig;
import io.evenkeel.config.RouterConfig;
import io.evenkeel.config.UpstreamConfig;
import java.util.List;

/**
 * What the labels of a cluster's services add to the configuration. Immutable.
 *
 * @param routes the most specific first: by host, then by path, then by method, then by name
 * @param upstreams in the order of their names
 * @param problems what is wrong with the labels, a line each; what is wrong is left out of the rest
 */
public record LabelledConfig(List<RouteConfig> routes, List<UpstreamConfig> upstreams, List<String> problems) {

    /** No labels. */
    public static final LabelledConfig NONE = new LabelledConfig(List.of(), List.of(), List.of());

    public LabelledConfig {
        routes = List.copyOf(routes);
        upstreams = List.copyOf(upstreams);
        problems = List.copyOf(problems);
    }

    /** What the enabled services of a cluster say, together; the first by name counts where two contradict each other. */
    static LabelledConfig of(List<SwarmService> services) {
        return new LabelMerge().labels(services);
    }

    /**
     * A file's configuration with this added: the file's routes come first, and its upstreams and routes win over those of the same name.
     * The problems are those of the labels and those with the file.
     */
    public Merged with(RouterConfig file) {
        return new FileMerge(file).add(this);
    }

    /** A whole configuration and what could not be taken over into it, a line each. */
    public record Merged(RouterConfig config, List<String> problems) {

        public Merged {
            problems = List.copyOf(problems);
        }
    }
}
