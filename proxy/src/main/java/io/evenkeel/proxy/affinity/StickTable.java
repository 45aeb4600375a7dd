package io.evenkeel.proxy.affinity;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoint made which key known. An endpoint is named by its address, which says the same in every process. Any thread; without a lock.
 *
 * <p>A key is the hash of its octets with the seed that all users of the table share.
 */
public interface StickTable {

    /** Remembers that this endpoint made this key known; the last one that did counts. */
    void learn(long key, InetSocketAddress endpoint, long nowNanos);

    /** The endpoint that made this key known, or null where none did or it was too long ago; being asked keeps a key alive. */
    @Nullable
    InetSocketAddress find(long key, long nowNanos);

    /** Keys remembered, some of which may have been remembered for too long. */
    int size();

    /** Keys that were forgotten to make room for others. */
    long evictions();
}
