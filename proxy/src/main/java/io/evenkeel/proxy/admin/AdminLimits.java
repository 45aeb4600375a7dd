package io.evenkeel.proxy.admin;

import java.time.Duration;

/**
 * What the admin server allows its clients. Immutable.
 *
 * @param connections open at a time; the rest are closed at once
 * @param request how long a client may take to send its request
 * @param answer how long answering and taking the answer may take together
 * @param subscribers of {@code /events} at a time; the rest are answered 503
 * @param heartbeat from one sign of life to the next where there are no events; a subscriber that takes nothing for two is cut off
 */
record AdminLimits(int connections, Duration request, Duration answer, int subscribers, Duration heartbeat) {

    /** Enough for scrapers, probes and a few people with a slow line. */
    static final AdminLimits DEFAULT =
            new AdminLimits(64, Duration.ofSeconds(10), Duration.ofSeconds(60), 16, Duration.ofSeconds(15));
}
