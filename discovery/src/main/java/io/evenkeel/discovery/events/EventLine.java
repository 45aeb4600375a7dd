package io.evenkeel.discovery.events;

import io.evenkeel.discovery.DiscoveryEvent;
import io.evenkeel.discovery.DiscoveryEvent.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the log says of events. Immutable.
 *
 * @param warning whether somebody should look
 */
record EventLine(boolean warning, String text) {

    /** Beyond so many events, what one update does to the endpoints of one upstream is summed up. */
    static final int MOST_PER_UPSTREAM = 20;

    private static final Set<Kind> WARNINGS =
            Set.of(Kind.ENDPOINT_UNHEALTHY, Kind.ENDPOINT_EJECTED, Kind.NODE_FAILED, Kind.SOURCE_FAILED);

    /** A line for each of these events, which happened together, but one for all endpoints of an upstream if they are too many. */
    static List<EventLine> of(List<DiscoveryEvent> events) {
        Map<String, List<DiscoveryEvent>> byUpstream = new LinkedHashMap<>();
        events.stream().filter(EventLine::isOfEndpoint).forEach(event -> byUpstream
                .computeIfAbsent(event.upstream(), upstream -> new ArrayList<>())
                .add(event));
        List<EventLine> lines = new ArrayList<>();
        byUpstream.forEach((upstream, burst) -> lines.addAll(ofUpstream(upstream, burst)));
        events.stream().filter(event -> !isOfEndpoint(event)).map(EventLine::of).forEach(lines::add);
        return lines;
    }

    private static Collection<EventLine> ofUpstream(String upstream, List<DiscoveryEvent> events) {
        return events.size() > MOST_PER_UPSTREAM
                ? List.of(sum(upstream, events))
                : events.stream().map(EventLine::of).toList();
    }

    private static EventLine sum(String upstream, List<DiscoveryEvent> events) {
        Map<Kind, Long> counts = events.stream()
                .collect(Collectors.groupingBy(
                        DiscoveryEvent::kind, () -> new EnumMap<>(Kind.class), Collectors.counting()));
        String sums = counts.entrySet().stream()
                .map(count -> happened(count.getKey()) + ": " + count.getValue())
                .collect(Collectors.joining(", "));
        return new EventLine(false, "upstream " + upstream + ": endpoints " + sums);
    }

    private static EventLine of(DiscoveryEvent event) {
        boolean warning = WARNINGS.contains(event.kind());
        return new EventLine(warning, inUpstream(event) + who(event) + " " + happened(event.kind()) + why(event));
    }

    private static String inUpstream(DiscoveryEvent event) {
        return event.upstream().isEmpty() ? "" : "upstream " + event.upstream() + ": ";
    }

    private static String who(DiscoveryEvent event) {
        return switch (event.kind()) {
            case ENDPOINT_ADDED,
                    ENDPOINT_RETURNED,
                    ENDPOINT_DRAINING,
                    ENDPOINT_REMOVED,
                    ENDPOINT_UNHEALTHY,
                    ENDPOINT_HEALTHY,
                    ENDPOINT_EJECTED,
                    ENDPOINT_UNEJECTED ->
                "endpoint " + event.endpoint() + (event.node().isEmpty() ? "" : " on " + event.node());
            case NODE_FAILED, NODE_RECOVERED -> "node " + event.node();
            case SOURCE_FAILED, SOURCE_RECOVERED -> "source " + event.source();
        };
    }

    /** The kind without what it happened to: {@code added}. */
    private static String happened(Kind kind) {
        return kind.label().substring(kind.label().indexOf('-') + 1);
    }

    private static String why(DiscoveryEvent event) {
        boolean told = event.kind() == Kind.NODE_FAILED || event.kind() == Kind.NODE_RECOVERED;
        return (told ? ": " + event.source() : "") + (event.reason().isEmpty() ? "" : ": " + event.reason());
    }

    private static boolean isOfEndpoint(DiscoveryEvent event) {
        return !event.endpoint().isEmpty();
    }
}
