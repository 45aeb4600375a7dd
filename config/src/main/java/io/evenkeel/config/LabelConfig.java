package io.evenkeel.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the labels of a Swarm service say about its tasks. A label is {@code evenkeel.} and the key.
 *
 * @param enable whether the service takes part at all. true or false, default false.
 * @param upstream the upstream its tasks belong to; several services may name the same. Name, default none. None: the service's own name.
 * @param port where its tasks listen. Count, 1 to 65535, default 0. Required, unless the source names a port.
 * @param weight a task's share of the traffic relative to its siblings. Count, 1 to 1000, default 1.
 * @param tags what else is known of its tasks, such as {@code primary,zone=a}. Texts, default none.
 * @param drain whether its tasks get nothing new; the same as the tag drain. true or false, default false.
 * @param network the network whose task addresses are dialled. Name, default none. None: as configured.
 */
public record LabelConfig(
        @Knob(byDefault = "false", need = Knob.Need.ESSENTIAL) boolean enable,
        @Knob(byDefault = "", format = TextFormat.NAME, need = Knob.Need.ESSENTIAL) String upstream,
        @Knob(byDefault = "0", min = "1", max = "65535", need = Knob.Need.ESSENTIAL) int port,
        @Knob(byDefault = "1", min = "1", max = "1000", need = Knob.Need.FREQUENT) int weight,
        @Knob(need = Knob.Need.FREQUENT) List<String> tags,
        @Knob(byDefault = "false", need = Knob.Need.FREQUENT) boolean drain,
        @Knob(byDefault = "", format = TextFormat.NAME) String network) {

    /** The default of {@code drain.tag}. */
    private static final String DRAIN = "drain";

    /** Keeps its own copy of the list, with the tag that {@code drain} stands for. */
    public LabelConfig {
        tags = drain ? Stream.concat(tags.stream(), Stream.of(DRAIN)).toList() : List.copyOf(tags);
    }

    /** The tags by name; one without a value has the value {@code true}. */
    public Map<String, String> tagValues() {
        Map<String, String> values = new LinkedHashMap<>();
        for (String tag : tags) {
            int equals = tag.indexOf('=');
            values.put(equals < 0 ? tag : tag.substring(0, equals), equals < 0 ? "true" : tag.substring(equals + 1));
        }
        return values;
    }
}
