package io.evenkeel.proxy.affinity;

import io.evenkeel.config.StickTableConfig;
import io.evenkeel.proxy.http.Octets;
import io.evenkeel.proxy.key.HashSeed;

/** The keys that the endpoints of an upstream have made known, and how they do. Shared by all event loops. */
final class LearnedKeys {

    private final StickTableConfig config;
    private final byte[] event;
    private final StickTable table;
    private final HashSeed seed = HashSeed.secret();

    /** None known yet. */
    LearnedKeys(StickTableConfig config) {
        this.config = config;
        this.event = Octets.ascii(config.event());
        this.table = new MemoryStickTable(config.maxEntries(), config.ttl().toNanos());
    }

    StickTableConfig config() {
        return config;
    }

    /** The name of the event whose data is a key; not to be written to. */
    byte[] event() {
        return event;
    }

    StickTable table() {
        return table;
    }

    /** Of the keys in the table. */
    HashSeed seed() {
        return seed;
    }
}
