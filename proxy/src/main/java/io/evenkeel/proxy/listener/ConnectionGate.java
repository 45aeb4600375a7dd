package io.evenkeel.proxy.listener;

import io.evenkeel.config.ListenerLimits;
import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the connections of one listener, all together and per client address, against their limits. Shared by all event loops; asked once per
 * connection, never per request.
 */
final class ConnectionGate {

    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentMap<InetAddress, Integer> byClient = new ConcurrentHashMap<>();

    /** Lets a connection in, to be taken out again with {@link #leave}; false: it is one too many. */
    boolean enter(InetAddress client, ListenerLimits limits) {
        if (open.incrementAndGet() > limits.maxConnections()) {
            open.decrementAndGet();
            return false;
        }
        int most = limits.maxConnectionsPerClient();
        if (byClient.merge(client, 1, Integer::sum) > most && most > 0) {
            leave(client);
            return false;
        }
        return true;
    }

    int open() {
        return open.get();
    }

    void leave(InetAddress client) {
        byClient.computeIfPresent(client, (address, count) -> count == 1 ? null : count - 1);
        open.decrementAndGet();
    }
}
