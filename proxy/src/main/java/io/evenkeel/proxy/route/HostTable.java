package io.evenkeel.proxy.route;

import io.evenkeel.proxy.http.Octets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Routes by host name, looked up by octets regardless of case. Immutable; allocates nothing when asked. */
final class HostTable {

    private final byte[][] names;
    private final Route[][] routes;
    private final int mask;

    /** @param byHost names in lower case */
    HostTable(Map<String, Route[]> byHost) {
        int slots = Integer.highestOneBit(Math.max(2, byHost.size() * 2)) * 2;
        names = new byte[slots][];
        routes = new Route[slots][];
        mask = slots - 1;
        byHost.forEach((name, list) -> put(Octets.ascii(name), list));
    }

    private void put(byte[] name, Route[] list) {
        int slot = hash(name, 0, name.length) & mask;
        while (routes[slot] != null) {
            slot = (slot + 1) & mask;
        }
        names[slot] = name;
        routes[slot] = list;
    }

    /** The routes of this host, or null. */
    Route @Nullable [] find(byte[] bytes, int start, int end) {
        int slot = hash(bytes, start, end) & mask;
        while (routes[slot] != null) {
            if (Octets.equalsIgnoreCase(bytes, start, end, names[slot])) {
                return routes[slot];
            }
            slot = (slot + 1) & mask;
        }
        return null;
    }

    private static int hash(byte[] bytes, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + Octets.lower(bytes[i]);
        }
        return hash ^ hash >>> 16;
    }
}
