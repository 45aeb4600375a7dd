package io.evenkeel.config;

import java.util.List;
import java.util.Map;

/**
 * What the labels of one Swarm service say, judged by the rules of the configuration file. Immutable.
 *
 * @param upstream the upstream its tasks belong to; empty when it takes part in none
 * @param settings what they say about its tasks
 * @param upstreamSettings what they say about the upstream, by the keys of {@link UpstreamConfig}, such as {@code balancer.policy};
 *     each of them would do
 * @param routes the routes they bring, in the order of their names; none unless the service is enabled
 * @param problems what is wrong with them, a line each; what is wrong is left out of the rest
 */
public record ServiceLabels(
        String upstream,
        LabelConfig settings,
        Map<String, String> upstreamSettings,
        List<RouteConfig> routes,
        List<String> problems) {

    /** Keeps its own copies. */
    public ServiceLabels {
        upstreamSettings = Map.copyOf(upstreamSettings);
        routes = List.copyOf(routes);
        problems = List.copyOf(problems);
    }

    /** Reads all labels of a service; those of others are not looked at. Never throws, whatever they hold. */
    public static ServiceLabels read(String service, Map<String, String> labels) {
        return new LabelReader(service, labels).read();
    }

    /** An upstream of all services that name it, with settings that {@link #read} found right. */
    public static UpstreamConfig upstream(String name, Map<String, String> settings) {
        return LabelReader.upstream(name, settings);
    }
}
