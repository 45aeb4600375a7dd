package io.evenkeel.perf.load;

import java.net.InetSocketAddress;

/**
 * A server on this machine to send to.
 *
 * @param name how the rows call it
 * @param address where it listens
 */
record Target(String name, InetSocketAddress address) {

    /** Reads {@code NAME=PORT}. */
    static Target parse(String text) {
        int equals = text.lastIndexOf('=');
        int port = Integer.parseInt(text.substring(equals + 1));
        return new Target(text.substring(0, equals), Loopback.address(1, port));
    }
}
