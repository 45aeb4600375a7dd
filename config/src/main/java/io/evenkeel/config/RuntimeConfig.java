package io.evenkeel.config;

/** Settings of the process as a whole; read at start, a reload does not change them. */
public record RuntimeConfig(int eventLoops, Transport transport, String name) {

    /** How the router talks to the kernel. */
    public enum Transport {
        AUTO,
        IO_URING,
        EPOLL,
        NIO
    }
}
