package io.evenkeel.proxy.listener;

import java.util.ArrayList;
import java.util.List;

/** The listening sockets of one event loop. Event-loop confined. */
final class Acceptors {

    private final List<Acceptor> all = new ArrayList<>();

    void add(Acceptor acceptor) {
        all.add(acceptor);
    }

    void remove(Acceptor acceptor) {
        all.remove(acceptor);
    }

    void refresh() {
        all.forEach(Acceptor::refresh);
    }
}
