package io.evenkeel.proxy.loop;

import io.evenkeel.config.HostPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.UnresolvedAddressException;

/** Finds out, and says in one line, why an address cannot be bound. Stateless. */
public final class Binding {

    private Binding() {}

    /**
     * Makes sure that nobody else listens there. Sockets that share their port would let two routers split the clients between them, unnoticed.
     *
     * @param who is to be bound, such as {@code listener web}
     * @throws UncheckedIOException if somebody does
     */
    public static void probe(String who, HostPort wanted) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(wanted.host(), wanted.port()));
        } catch (IOException e) {
            throw failure(who, wanted, e);
        }
    }

    /** What to throw when binding failed for this reason. */
    public static UncheckedIOException failure(String who, HostPort wanted, Throwable cause) {
        return new UncheckedIOException(who + ": cannot bind " + wanted + ": " + reason(cause), new IOException(cause));
    }

    private static String reason(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (message.contains("ddress already in use")) {
            return "the address is already in use";
        }
        return cause instanceof UnresolvedAddressException || message.contains("nresolved address")
                ? "the host is not known"
                : message;
    }
}
