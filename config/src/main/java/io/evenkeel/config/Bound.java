package io.evenkeel.config;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What binding found at each path, whole or not, for the checks that look at several keys at once. */
final class Bound {

    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, Position> positions = new HashMap<>();
    private final ReadFiles files = new ReadFiles();

    /** The files that the configuration was made from besides its own. */
    ReadFiles files() {
        return files;
    }

    void found(String path, Position at) {
        positions.put(path, at);
    }

    void value(String path, Object value) {
        values.put(path, value);
    }

    /** Whether the key stands in the file. */
    boolean has(String path) {
        return positions.containsKey(path);
    }

    /** The value of a path, given or by default; null when it is of another type, absent or wrong. */
    <T> @Nullable T get(String path, Class<T> type) {
        Object value = values.get(path);
        return type.isInstance(value) ? type.cast(value) : null;
    }

    /** Where the path stands, or the nearest key around it. */
    Position at(String path) {
        String around = path;
        while (!around.isEmpty()) {
            Position at = positions.get(around);
            if (at != null) {
                return at;
            }
            around = around.substring(0, Math.max(0, Math.max(around.lastIndexOf('.'), around.lastIndexOf('['))));
        }
        return positions.getOrDefault("", Position.START);
    }
}
