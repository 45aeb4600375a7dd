package io.evenkeel.proxy.affinity;

import io.evenkeel.proxy.key.KeyTable;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A stick table in this process's memory. Looking up allocates nothing. */
final class MemoryStickTable implements StickTable {

    private static final class Learned extends KeyTable.Entry {

        /** Publishes where the key leads; whoever learns it writes, whoever looks it up reads. */
        private volatile InetSocketAddress endpoint;

        /** Publishes when it was last used; whoever uses it writes and reads. */
        private volatile long usedNanos;

        Learned(long key, InetSocketAddress endpoint, long nowNanos) {
            super(key);
            this.endpoint = endpoint;
            this.usedNanos = nowNanos;
        }
    }

    private final KeyTable<Learned> keys;
    private final long ttlNanos;

    /**
     * @param mostKeys keys remembered at most, 1 or more
     * @param ttlNanos how long after its last use a key is still known
     */
    MemoryStickTable(int mostKeys, long ttlNanos) {
        this.keys = new KeyTable<>(mostKeys);
        this.ttlNanos = ttlNanos;
    }

    @Override
    public void learn(long key, InetSocketAddress endpoint, long nowNanos) {
        Learned learned = keys.find(key);
        if (learned == null) {
            learned = keys.add(new Learned(key, endpoint, nowNanos));
        }
        learned.endpoint = endpoint;
        learned.usedNanos = nowNanos;
    }

    @Override
    public @Nullable InetSocketAddress find(long key, long nowNanos) {
        Learned learned = keys.find(key);
        if (learned == null || nowNanos - learned.usedNanos > ttlNanos) {
            return null;
        }
        learned.usedNanos = nowNanos;
        return learned.endpoint;
    }

    @Override
    public int size() {
        return keys.size();
    }

    @Override
    public long evictions() {
        return keys.evictions();
    }
}
