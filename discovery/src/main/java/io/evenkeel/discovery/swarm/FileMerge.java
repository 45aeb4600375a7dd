package io.evenkeel.discovery.swarm;

import io.evenkeel.config.RouteConfig;
import io.evenkeel.config.RouterConfig;
import io.evenkeel.config.UpstreamConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Adds labels to a file's configuration, which wins. Used once. */
final class FileMerge {

    private final RouterConfig file;
    private final Set<String> routeNames;
    private final Map<String, UpstreamConfig> upstreams = new LinkedHashMap<>();

    FileMerge(RouterConfig file) {
        this.file = file;
        this.routeNames = file.routes().stream().map(RouteConfig::name).collect(Collectors.toSet());
        file.upstreams().forEach(upstream -> upstreams.put(upstream.name(), upstream));
    }

    LabelledConfig.Merged add(LabelledConfig labels) {
        labels.upstreams().forEach(upstream -> upstreams.putIfAbsent(upstream.name(), upstream));
        List<String> problems = new ArrayList<>(labels.problems());
        List<RouteConfig> routes = new ArrayList<>(file.routes());
        for (RouteConfig route : labels.routes()) {
            String problem = problem(route);
            if (problem.isEmpty()) {
                routes.add(route);
            } else {
                problems.add("label evenkeel.route." + route.name() + problem);
            }
        }
        return new LabelledConfig.Merged(whole(routes), problems);
    }

    private String problem(RouteConfig route) {
        if (routeNames.contains(route.name())) {
            return ": the configuration file has a route of this name, which counts (expected: a name of its own)";
        }
        return upstreams.containsKey(route.upstream())
                ? ""
                : ".upstream: " + route.upstream()
                        + " is not the name of an upstream (expected: one of the file or of an" + " enabled service)";
    }

    private RouterConfig whole(List<RouteConfig> routes) {
        return file.with(routes, List.copyOf(upstreams.values()));
    }
}
