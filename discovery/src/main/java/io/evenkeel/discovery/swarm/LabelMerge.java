package io.evenkeel.discovery.swarm;

import io.evenkeel.config.RouteConfig;
import io.evenkeel.config.ServiceLabels;
import io.evenkeel.config.UpstreamConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts together what the services of a cluster say by labels. Used once. */
final class LabelMerge {

    private final Map<String, Map<String, Said<String>>> upstreams = new TreeMap<>();
    private final Map<String, Said<RouteConfig>> routes = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    /** What was said first, and by which service. */
    private record Said<T>(String service, T what) {}

    LabelledConfig labels(List<SwarmService> services) {
        for (SwarmService service : services) {
            problems.addAll(service.labels().problems());
            if (service.labels().settings().enable()) {
                add(service);
            }
        }
        List<RouteConfig> ordered = routes.values().stream()
                .map(Said::what)
                .sorted(RouteOrder.MOST_SPECIFIC_FIRST)
                .toList();
        return new LabelledConfig(ordered, upstreamConfigs(), problems);
    }

    private void add(SwarmService service) {
        ServiceLabels labels = service.labels();
        Map<String, Said<String>> settings = upstreams.computeIfAbsent(labels.upstream(), absent -> new TreeMap<>());
        labels.upstreamSettings().forEach((key, text) -> {
            Said<String> first = settings.putIfAbsent(key, new Said<>(service.name(), text));
            if (first != null && !first.what().equals(text)) {
                contradiction(first, service, "evenkeel." + key + ": " + first.what() + " and " + text);
            }
        });
        for (RouteConfig route : labels.routes()) {
            Said<RouteConfig> first = routes.putIfAbsent(route.name(), new Said<>(service.name(), route));
            if (first != null && !first.what().equals(route)) {
                contradiction(first, service, "evenkeel.route." + route.name() + ": not the same route");
            }
        }
    }

    private void contradiction(Said<?> first, SwarmService other, String what) {
        problems.add("services " + first.service() + " and " + other.name() + ": label " + what
                + " (expected: the same; that of " + first.service() + " counts)");
    }

    private List<UpstreamConfig> upstreamConfigs() {
        List<UpstreamConfig> configs = new ArrayList<>();
        upstreams.forEach((name, settings) -> {
            Map<String, String> texts = new TreeMap<>();
            settings.forEach((key, said) -> texts.put(key, said.what()));
            configs.add(ServiceLabels.upstream(name, texts));
        });
        return configs;
    }
}
