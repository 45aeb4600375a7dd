package io.evenkeel.cli;

import java.net.InetSocketAddress;

/** Socket addresses, as given on the command line and as shown to people. */
final class Addresses {

    private static final int MAX_PORT = 65_535;

    private Addresses() {}

    /**
     * The address to listen on.
     *
     * @throws UserError when the port is not 0–65535 or the host does not resolve
     */
    static InetSocketAddress bind(String host, int port) {
        UserError.unless(port >= 0 && port <= MAX_PORT, port + " is not a port (expected: 0–" + MAX_PORT + ")");
        InetSocketAddress address = new InetSocketAddress(host, port);
        UserError.unless(!address.isUnresolved(), "cannot resolve " + host);
        return address;
    }

    /** {@code host:port}, an IPv6 address in brackets. */
    static String show(InetSocketAddress address) {
        String host = address.isUnresolved()
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }
}
