package io.evenkeel.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the labels of one route, {@code evenkeel.route.NAME.KEY}: keys of the route and of its match, side by side. */
final class LabelledRoute {

    private static final Map<String, LabelKey> KEYS = keys();

    private final String name;
    private final Binder binder;
    private final Problems problems;
    private final String path;

    LabelledRoute(String name, Binder binder, Problems problems) {
        this.name = name;
        this.binder = binder;
        this.problems = problems;
        this.path = "evenkeel.route." + Words.quoted(name);
    }

    /** The route, or null when something is wrong with it: half a match would take requests it was not meant for. */
    @Nullable
    RouteConfig read(Map<String, String> texts, String upstream) {
        boolean whole = named();
        Map<List<String>, Node> values = new HashMap<>();
        values.put(List.of("upstream"), new Node.Scalar(Position.START, upstream));
        values.put(List.of("name"), new Node.Scalar(Position.START, name));
        for (Map.Entry<String, String> label : texts.entrySet()) {
            whole &= read(label.getKey(), label.getValue(), values);
        }
        whole &= pathsAgree(texts.keySet());
        return whole ? (RouteConfig) binder.bind(Shapes.of(RouteConfig.class), LabelKey.mapping(values), path) : null;
    }

    private boolean named() {
        if (TextFormat.NAME.allows(name)) {
            return true;
        }
        problems.add(Position.START, path, "wrong name of a route", TextFormat.NAME.expected());
        return false;
    }

    private boolean read(String key, String text, Map<List<String>, Node> values) {
        LabelKey known = KEYS.get(key);
        if (known == null) {
            String shown = Words.quoted(key);
            problems.add(Position.START, path + "." + shown, "unknown key", Words.suggest(shown, KEYS.keySet()));
            return false;
        }
        values.put(known.path(), known.node(text));
        return binder.bind(known.shape(), known.node(text), path + "." + key) != null;
    }

    private boolean pathsAgree(Set<String> keys) {
        boolean prefix = keys.contains("path-prefix");
        if (prefix && keys.contains("path")) {
            problems.add(Position.START, path + ".path", "given besides path-prefix", "one of them");
            return false;
        }
        if (!prefix && keys.contains("rewrite-path-prefix")) {
            String label = path + ".rewrite-path-prefix";
            problems.add(Position.START, label, "there is no prefix to replace", "path-prefix besides it");
            return false;
        }
        return true;
    }

    private static Map<String, LabelKey> keys() {
        Map<String, LabelKey> keys = new LinkedHashMap<>();
        LabelKey.of(RouteConfig.class, Set.of("name"))
                .forEach((key, known) -> keys.put(key.replaceFirst("^match\\.", ""), known));
        return keys;
    }
}
