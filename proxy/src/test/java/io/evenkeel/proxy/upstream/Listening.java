package io.evenkeel.proxy.upstream;

import io.evenkeel.balancer.Upstream;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.config.BalancerConfig;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.MergedEndpoint;
import io.evenkeel.discovery.testing.VirtualScheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An endpoint on the loopback that accepts connections and does nothing of its own accord. */
final class Listening implements AutoCloseable {

    private final ServerSocket socket;
    private final List<Socket> accepted = new CopyOnWriteArrayList<>();
    private final Thread acceptor = new Thread(this::accept, "endpoint");

    private Listening(ServerSocket socket) {
        this.socket = socket;
    }

    /** One that accepts whatever comes. */
    static Listening start() {
        Listening listening = new Listening(bind(1024));
        listening.acceptor.setDaemon(true);
        listening.acceptor.start();
        return listening;
    }

    /** One that takes next to no connections, and those only into the kernel's queue. */
    static Listening deaf() {
        return new Listening(bind(1));
    }

    private static ServerSocket bind(int backlog) {
        try {
            return new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                accepted.add(socket.accept());
            } catch (IOException closed) {
                return;
            }
        }
    }

    EndpointState state() {
        Upstream upstream = new Upstream(
                UpstreamConfig.of("u", BalancerConfig.of(BalancerConfig.Policy.LEAST_CONNECTIONS), List.of()),
                new VirtualScheduler(),
                event -> {});
        InetSocketAddress address = (InetSocketAddress) socket.getLocalSocketAddress();
        upstream.update(List.of(MergedEndpoint.of("test", Endpoint.at(address))));
        return upstream.snapshot().endpoints().get(0);
    }

    /** The connections so far, in the order of their arrival. */
    List<Socket> accepted() {
        return accepted;
    }

    /**
     * Connections are refused from now on; those that are there stay. Waits for the acceptor, because the kernel keeps a listening socket
     * for as long as somebody is inside its accept.
     */
    void refuse() {
        try {
            socket.close();
            acceptor.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        refuse();
        for (Socket each : accepted) {
            try {
                each.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
