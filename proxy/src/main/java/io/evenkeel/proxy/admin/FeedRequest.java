package io.evenkeel.proxy.admin;

import io.evenkeel.discovery.DiscoveryEvent.Kind;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a subscriber of {@code /events} asks for. Immutable.
 *
 * @param since the id of the last event it knows; empty: it wants what happens from now on
 */
record FeedRequest(String since, Set<Kind> kinds) {

    private static final String LAST_EVENT_ID = "last-event-id";

    /**
     * What these fields and parameters mean. A browser that connects again says so in a field and repeats the parameters, so the field
     * wins.
     *
     * @throws IllegalArgumentException whose message says in one line what would be right
     */
    static FeedRequest of(HttpHeaders headers, Map<String, List<String>> parameters) {
        boolean clear = List.of("since", "kinds").containsAll(parameters.keySet())
                && parameters.values().stream().allMatch(values -> values.size() == 1);
        if (!clear) {
            throw new IllegalArgumentException("the parameters are since and kinds, each once");
        }
        String since = parameters.getOrDefault("since", List.of("")).get(0);
        List<String> kinds = parameters.getOrDefault("kinds", List.of());
        return new FeedRequest(Objects.requireNonNullElse(headers.get(LAST_EVENT_ID), since), kinds(kinds));
    }

    private static Set<Kind> kinds(List<String> lists) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        lists.stream().flatMap(list -> Arrays.stream(list.split(",", -1))).forEach(label -> kinds.add(kind(label)));
        return kinds.isEmpty() ? EnumSet.allOf(Kind.class) : kinds;
    }

    private static Kind kind(String label) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("kinds are " + labels()));
    }

    private static String labels() {
        return Arrays.stream(Kind.values()).map(Kind::label).collect(Collectors.joining(", "));
    }
}
