package io.evenkeel.proxy.tcp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The TCP connections of one event loop, linked through themselves. Event-loop confined. */
final class ConnectionList {

    private @Nullable TcpConnection first;

    void add(TcpConnection connection) {
        connection.next = first;
        if (first != null) {
            first.previous = connection;
        }
        first = connection;
    }

    void remove(TcpConnection connection) {
        if (connection.previous == null) {
            first = connection.next;
        } else {
            connection.previous.next = connection.next;
        }
        if (connection.next != null) {
            connection.next.previous = connection.previous;
        }
        connection.previous = null;
        connection.next = null;
    }

    /** Does this with those of this moment, while the list may change. */
    void forEach(Consumer<TcpConnection> action) {
        List<TcpConnection> now = new ArrayList<>();
        for (TcpConnection each = first; each != null; each = each.next) {
            now.add(each);
        }
        now.forEach(action);
    }
}
