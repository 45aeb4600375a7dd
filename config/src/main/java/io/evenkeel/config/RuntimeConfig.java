package io.evenkeel.config;

/**
 * Settings of the process as a whole; read at start, a reload does not change them.
 *
 * @param eventLoops threads that carry traffic. Count, 0 to 1024, default 0. 0 is one per core. More than cores only
 *     adds switches between threads; fewer leaves cores to others.
 * @param transport how the router talks to the kernel. auto, io-uring, epoll or nio, default auto. auto takes the first
 *     that works of io-uring, epoll and nio, but epoll before io-uring where there is a listener for TCP without TLS: only on
 *     epoll bytes go from socket to socket without being copied. Naming one makes the start fail where it does not work.
 * @param name what the router calls itself in Via. Token, default none. None: a random pseudonym per process, which
 *     tells outsiders nothing and still finds loops.
 * @param node the cluster node that the router runs on, as its endpoints' sources call it. Text, default none. None: the host name.
 * @param zone the zone that the router runs in. Text, default none.
 */
public record RuntimeConfig(
        @Knob(byDefault = "0", max = "1024") int eventLoops,
        @Knob(byDefault = "auto") Transport transport,
        @Knob(byDefault = "", format = TextFormat.PSEUDONYM) String name,
        @Knob(byDefault = "") String node,
        @Knob(byDefault = "") String zone) {

    /** How the router talks to the kernel. */
    public enum Transport {
        AUTO,
        IO_URING,
        EPOLL,
        NIO
    }

    /** What a file that says nothing gets. */
    public static RuntimeConfig defaults() {
        return Binder.defaults(RuntimeConfig.class);
    }
}
