package io.evenkeel.discovery;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Comparator;

/** The order endpoints are reported in where the source has none of its own: DNS shuffles, and a shuffled set is no change. */
public final class AddressOrder {

    /** IPv4 before IPv6, then by address as a number, then by port. */
    public static final Comparator<Endpoint> OF_ENDPOINTS = Comparator.comparing(
                    (Endpoint endpoint) -> endpoint.address().getAddress(), AddressOrder::compare)
            .thenComparingInt(endpoint -> endpoint.address().getPort());

    private AddressOrder() {}

    private static int compare(InetAddress one, InetAddress other) {
        byte[] a = one.getAddress();
        byte[] b = other.getAddress();
        return a.length != b.length ? Integer.compare(a.length, b.length) : Arrays.compareUnsigned(a, b);
    }
}
