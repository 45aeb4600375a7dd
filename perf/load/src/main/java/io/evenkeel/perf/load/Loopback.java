package io.evenkeel.perf.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Socket addresses of this machine, the only one that may be loaded. */
public final class Loopback {

    private Loopback() {}

    /** 127.0.0.{@code last} and a port; port 0 is any. */
    public static InetSocketAddress address(int last, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last}), port);
        } catch (UnknownHostException fourBytesAreAnAddress) {
            throw new AssertionError(fourBytesAreAnAddress);
        }
    }
}
