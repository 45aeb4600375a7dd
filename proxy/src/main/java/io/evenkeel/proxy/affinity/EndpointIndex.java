package io.evenkeel.proxy.affinity;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.proxy.http.Octets;
import io.evenkeel.proxy.key.HashSeed;
import io.evenkeel.proxy.key.KeyHash;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The endpoints of one snapshot by address and by cookie. Immutable; allocates nothing when asked. */
final class EndpointIndex {

    private final List<EndpointState> endpoints;
    private final Map<InetSocketAddress, EndpointState> byAddress = new HashMap<>();
    private final Map<InetSocketAddress, Map<String, String>> tags = new HashMap<>();
    private final Map<InetSocketAddress, StickyPlace> places = new HashMap<>();
    private final @Nullable StickyPlace[] slots;

    /**
     * @param cookies makes the endpoints' cookies; null: they have none
     * @param seed of the hashes that {@link #find} is asked with
     * @param before has the cookies of endpoints that stay
     */
    EndpointIndex(
            List<EndpointState> endpoints,
            @Nullable StickyCookies cookies,
            HashSeed seed,
            @Nullable EndpointIndex before) {
        this.endpoints = endpoints;
        for (EndpointState endpoint : endpoints) {
            byAddress.put(endpoint.address(), endpoint);
            tags.put(endpoint.address(), endpoint.reported().tags());
        }
        slots = new StickyPlace[cookies == null ? 1 : Integer.highestOneBit(endpoints.size() + 1) * 4];
        if (cookies != null) {
            KeyHash hash = new KeyHash(seed);
            endpoints.forEach(endpoint -> put(place(endpoint, cookies, before), hash));
        }
    }

    private static StickyPlace place(EndpointState endpoint, StickyCookies cookies, @Nullable EndpointIndex before) {
        StickyPlace known = before == null ? null : before.places.get(endpoint.address());
        if (known != null) {
            return new StickyPlace(endpoint, known.value(), known.fieldLine());
        }
        byte[] value = cookies.value(endpoint.address());
        return new StickyPlace(endpoint, value, cookies.fieldLine(value));
    }

    private void put(StickyPlace place, KeyHash hash) {
        places.put(place.endpoint().address(), place);
        int slot = slot(hash.of(place.value(), 0, place.value().length));
        while (slots[slot] != null) {
            slot = slot(slot + 1);
        }
        slots[slot] = place;
    }

    private int slot(long hash) {
        return (int) hash & (slots.length - 1);
    }

    /** The very list that it was made from. */
    List<EndpointState> endpoints() {
        return endpoints;
    }

    @Nullable
    EndpointState at(InetSocketAddress address) {
        return byAddress.get(address);
    }

    /** The endpoint whose cookie has this value, which hashes to this; null: none of them. */
    @Nullable
    EndpointState find(long hash, byte[] bytes, int start, int end) {
        int slot = slot(hash);
        for (StickyPlace place = slots[slot]; place != null; place = slots[slot]) {
            if (Octets.equals(bytes, start, end, place.value())) {
                return place.endpoint();
            }
            slot = slot(slot + 1);
        }
        return null;
    }

    /** The tags of this endpoint; none where it is none of them. */
    Map<String, String> tags(EndpointState endpoint) {
        return tags.getOrDefault(endpoint.address(), Map.of());
    }

    /** The line that sets the cookie of this endpoint; null where it is none of them. */
    byte @Nullable [] fieldLine(EndpointState endpoint) {
        StickyPlace place = places.get(endpoint.address());
        return place == null ? null : place.fieldLine();
    }
}
