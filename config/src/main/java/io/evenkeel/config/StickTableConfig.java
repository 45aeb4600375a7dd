package io.evenkeel.config;

import java.time.Duration;

/**
 * Keys that an endpoint makes known in the first event of a stream of server-sent events; requests that name such a key go to the endpoint that made it known.
 *
 * @param event the name of the event whose data is the key. Token, required. Such as channelId.
 * @param key where a request names the key.
 * @param ttl how long a key is remembered after its last use. Duration, ≥ 1s, default 24h. More costs memory.
 * @param maxEntries most keys remembered; the least recently used one goes first. Count, 1 to 10000000, default 100000. Some 200 bytes each.
 */
public record StickTableConfig(
        @Knob(format = TextFormat.TOKEN, need = Knob.Need.FREQUENT) String event,
        @Knob HashKeyConfig key,
        @Knob(byDefault = "24h", min = "1s") Duration ttl,
        @Knob(byDefault = "100000", min = "1", max = "10000000") int maxEntries) {}
