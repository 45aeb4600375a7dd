package io.evenkeel.discovery.events;

import io.evenkeel.discovery.DiscoveryEvent;
import java.util.ArrayDeque;

/**
 * The last so many events of this process, numbered upwards from 1. An id carries a token of this process, so that one of an earlier
 * process is not taken for one of this. Not thread-safe.
 */
final class EventRing {

    private final String token;
    private final int capacity;
    private final ArrayDeque<NumberedEvent> events = new ArrayDeque<>();
    private long newest;

    EventRing(String token, int capacity) {
        this.token = token;
        this.capacity = capacity;
    }

    NumberedEvent add(DiscoveryEvent event) {
        newest++;
        NumberedEvent numbered = new NumberedEvent(id(newest), event);
        if (events.size() == capacity) {
            events.remove();
        }
        events.add(numbered);
        return numbered;
    }

    /** Begins after the event of this id, or with the oldest that is here if some since then are not; after the newest if the id is empty. */
    Resumption after(String id) {
        long gone = newest - events.size();
        long asked = id.isEmpty() ? newest : number(id);
        boolean complete = asked >= gone && asked <= newest;
        long from = complete ? asked : gone;
        return new Resumption(
                id(from), complete, events.stream().skip(from - gone).toList());
    }

    private String id(long number) {
        return token + "-" + number;
    }

    /** The number in an id of this process, else -1. */
    private long number(String id) {
        String digits = id.startsWith(token + "-") ? id.substring(token.length() + 1) : "";
        return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : -1;
    }
}
