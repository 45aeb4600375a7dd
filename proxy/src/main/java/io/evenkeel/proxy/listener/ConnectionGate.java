package io.evenkeel.proxy.listener;

import io.evenkeel.config.ListenerLimits;
import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the connections of one listener, all together and per client address, against their limits. Shared by all event loops; asked once or twice per
 * connection, never per request.
 */
final class ConnectionGate {

    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentMap<InetAddress, Integer> byClient = new ConcurrentHashMap<>();

    /** Lets a connection in, to be taken out again with {@link #leave()}; false: it is one too many. */
    boolean enter(ListenerLimits limits) {
        if (open.incrementAndGet() > limits.maxConnections()) {
            open.decrementAndGet();
            return false;
        }
        return true;
    }

    int open() {
        return open.get();
    }

    void leave() {
        open.decrementAndGet();
    }

    /** Counts a connection that was let in as this client's, to be taken out again with {@link #leave(InetAddress)}; false: it is one too many. */
    boolean enter(InetAddress client, ListenerLimits limits) {
        int most = limits.maxConnectionsPerClient();
        if (byClient.merge(client, 1, Integer::sum) > most && most > 0) {
            leave(client);
            return false;
        }
        return true;
    }

    void leave(InetAddress client) {
        byClient.computeIfPresent(client, (address, count) -> count == 1 ? null : count - 1);
    }
}
