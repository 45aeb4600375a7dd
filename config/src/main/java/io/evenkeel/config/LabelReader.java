package io.evenkeel.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads the labels of one service, each by the shape that its key has in the configuration file. Used once. */
final class LabelReader {

    static final String PREFIX = "evenkeel.";

    private static final String ROUTE = "route.";

    /** What the rebalancer writes and reads; none of ours. */
    private static final String REBALANCE = "rebalance";

    private static final Map<String, LabelKey> OWN = LabelKey.of(LabelConfig.class, Set.of());
    /** Without what needs a secret or a choice, which fit on no label. */
    private static final Map<String, LabelKey> UPSTREAM =
            LabelKey.of(UpstreamConfig.class, Set.of("name", "balancer.sticky", "balancer.stick-table"));

    private final String service;
    private final Problems problems = new Problems("");
    private final Binder binder = new Binder(problems, Path.of(""));
    private final Map<String, String> labels = new TreeMap<>();

    LabelReader(String service, Map<String, String> all) {
        this.service = service;
        all.forEach((label, text) -> {
            if (label.startsWith(PREFIX) && !label.startsWith(PREFIX + REBALANCE)) {
                labels.put(label.substring(PREFIX.length()), text);
            }
        });
    }

    ServiceLabels read() {
        Map<String, String> ofUpstream = new TreeMap<>();
        Map<List<String>, Node> own = new HashMap<>();
        Map<String, Map<String, String>> routes = new TreeMap<>();
        labels.forEach((key, text) -> {
            LabelKey known = OWN.get(key);
            if (known != null && fits(known, key, text)) {
                own.put(known.path(), known.node(text));
            } else if (known == null && UPSTREAM.containsKey(key)) {
                if (fits(Objects.requireNonNull(UPSTREAM.get(key)), key, text)) {
                    ofUpstream.put(key, text);
                }
            } else if (known == null) {
                beRoute(key, text, routes);
            }
        });
        LabelConfig settings = bound(LabelConfig.class, own, "evenkeel");
        String upstream = upstreamOf(settings);
        List<RouteConfig> whole = settings.enable() ? routes(routes, upstream) : List.of();
        return new ServiceLabels(upstream, settings, ofUpstream, whole, lines());
    }

    static UpstreamConfig upstream(String name, Map<String, String> settings) {
        Map<List<String>, Node> values = new HashMap<>();
        settings.forEach((key, text) -> {
            LabelKey known = Objects.requireNonNull(UPSTREAM.get(key));
            values.put(known.path(), known.node(text));
        });
        Node named = new Node.Scalar(Position.START, name);
        Node byLabel = LabelKey.mapping(Map.of(List.of("swarm", "upstream"), named));
        values.put(List.of("name"), named);
        values.put(List.of("endpoints"), new Node.Sequence(Position.START, List.of(byLabel)));
        return new LabelReader("", Map.of()).bound(UpstreamConfig.class, values, "");
    }

    /** To name an upstream is enough for a source that asks for it; a service that is disabled in so many words has none. */
    private String upstreamOf(LabelConfig settings) {
        if (settings.enable()) {
            return settings.upstream().isEmpty() ? service : settings.upstream();
        }
        return labels.containsKey("enable") ? "" : settings.upstream();
    }

    private void beRoute(String key, String text, Map<String, Map<String, String>> routes) {
        int dot = key.startsWith(ROUTE) ? key.indexOf('.', ROUTE.length()) : -1;
        if (dot > ROUTE.length()) {
            routes.computeIfAbsent(key.substring(ROUTE.length(), dot), absent -> new LinkedHashMap<>())
                    .put(key.substring(dot + 1), text);
        } else {
            String shown = Words.quoted(key);
            problems.add(Position.START, PREFIX + shown, "unknown key", meant(shown));
        }
    }

    private static String meant(String key) {
        if (key.startsWith(ROUTE)) {
            return "route.NAME.KEY";
        }
        Set<String> known = new TreeSet<>(OWN.keySet());
        known.addAll(UPSTREAM.keySet());
        known.add(ROUTE + key.substring(key.indexOf('.') + 1));
        return Words.suggest(key, known);
    }

    private List<RouteConfig> routes(Map<String, Map<String, String>> byName, String upstream) {
        List<RouteConfig> whole = new ArrayList<>();
        byName.forEach((name, keys) -> {
            RouteConfig route = new LabelledRoute(name, binder, problems).read(keys, upstream);
            if (route != null) {
                whole.add(route);
            }
        });
        return whole;
    }

    private boolean fits(LabelKey key, String label, String text) {
        return binder.bind(key.shape(), key.node(text), PREFIX + label) != null;
    }

    /** The record made of values each of which fits. */
    private <T> T bound(Class<T> type, Map<List<String>, Node> values, String path) {
        Object whole = binder.bind(Shapes.of(type), LabelKey.mapping(values), path);
        return type.cast(Objects.requireNonNull(whole));
    }

    private List<String> lines() {
        return problems.sorted().stream()
                .map(problem -> "service " + Words.quoted(service) + ": label " + problem.path() + ": " + problem.what()
                        + (problem.expected().isEmpty() ? "" : " (expected: " + problem.expected() + ")"))
                .toList();
    }
}
