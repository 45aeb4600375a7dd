package io.evenkeel.discovery.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports of 127.0.0.1 that are free, for TCP and UDP alike, when they are asked for. Somebody else may take them before they are used. */
final class FreePorts {

    private static final int ATTEMPTS = 50;

    private FreePorts() {}

    /** So many, all different. */
    static List<Integer> take(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int attempt = 0; held.size() < count && attempt < ATTEMPTS + count; attempt++) {
                ServerSocket stream = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                if (freeForUdp(stream.getLocalPort())) {
                    held.add(stream);
                } else {
                    stream.close();
                }
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            held.forEach(FreePorts::release);
        }
    }

    private static boolean freeForUdp(int port) {
        try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static void release(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
