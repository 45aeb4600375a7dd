package io.evenkeel.perf.jmh;

import io.evenkeel.discovery.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** Endpoints by number: 10.0.0.0 and so on, port 80. */
final class Addresses {

    private Addresses() {}

    static Endpoint endpoint(int number) {
        byte[] ip = ByteBuffer.allocate(4).putInt(0x0A000000 + number).array();
        try {
            return Endpoint.at(new InetSocketAddress(InetAddress.getByAddress(ip), 80));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // only for other lengths than 4 and 16
        }
    }
}
