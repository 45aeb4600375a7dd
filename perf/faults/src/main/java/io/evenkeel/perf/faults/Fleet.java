package io.evenkeel.perf.faults;

import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The endpoints of one upstream. Callable from any thread but their event loop. Ownership: closes them. */
final class Fleet implements AutoCloseable {

    private final List<FaultyEndpoint> endpoints = new ArrayList<>();

    /** All of them listen and are well. */
    Fleet(EventLoop loop, List<InetSocketAddress> addresses, SplittableRandom random) {
        for (InetSocketAddress address : addresses) {
            endpoints.add(FaultyEndpoint.start(loop, address, random.split()));
        }
    }

    FaultyEndpoint at(int index) {
        return endpoints.get(index);
    }

    int size() {
        return endpoints.size();
    }

    /** Behave so from now on, all of them. Gives what was in flight. */
    Impact become(Mode mode) {
        Impact all = new Impact(0, 0);
        for (FaultyEndpoint endpoint : endpoints) {
            all = all.plus(endpoint.become(mode));
        }
        return all;
    }

    /** What each can do from now on. */
    void serve(Service service) {
        endpoints.forEach(endpoint -> endpoint.serve(service));
    }

    /** Requests received by all of them. */
    long attempts() {
        return endpoints.stream().mapToLong(FaultyEndpoint::attempts).sum();
    }

    /** Requests received, endpoint by endpoint. */
    long[] attemptsOfEach() {
        return endpoints.stream().mapToLong(FaultyEndpoint::attempts).toArray();
    }

    @Override
    public void close() {
        endpoints.forEach(FaultyEndpoint::close);
    }
}
