package io.evenkeel.proxy.exchange;

import org.jspecify.annotations.Nullable;

/** The place of a client's connection in its listener's list. Event-loop confined. */
public final class ClientPlace {

    final ClientConnection connection;

    @Nullable
    ClientPlace previous;

    @Nullable
    ClientPlace next;

    public ClientPlace(ClientConnection connection) {
        this.connection = connection;
    }
}
