package io.evenkeel.proxy.multiplex;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** An HTTP/2 endpoint that sends the very frames it is told to. Driven by the test's thread. */
final class FrameEndpoint implements AutoCloseable {

    /** How long a connection or a frame may take before the test fails. */
    static final int PATIENCE_MILLIS = 20_000;

    private final ServerSocket socket;
    private final List<FramePeer> peers = new ArrayList<>();

    private FrameEndpoint(ServerSocket socket) {
        this.socket = socket;
    }

    static FrameEndpoint start() throws IOException {
        ServerSocket socket = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new FrameEndpoint(socket);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** The next connection, its preface read and nothing sent. */
    FramePeer accept() throws IOException {
        FramePeer peer = new FramePeer(socket.accept());
        peers.add(peer);
        peer.preface();
        return peer;
    }

    /** The next connection, both sides' SETTINGS exchanged; pairs of identifier and value. */
    FramePeer settled(int... settings) throws IOException {
        FramePeer peer = accept();
        peer.settings(settings);
        return peer;
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (FramePeer peer : peers) {
                peer.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
